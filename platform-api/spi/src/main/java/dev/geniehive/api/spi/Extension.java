package dev.geniehive.api.spi;

import java.util.function.Function;

/**
 * One thing that a plugin adds, made when the room that uses it needs it.
 *
 * @param point where it belongs
 * @param name what configuration calls it: lower case letters, digits and dashes
 * @param create makes it, from what the platform lends; called again when the plugin's configuration has changed
 * @param <T> what is provided
 * @param <C> what is lent while creating it
 */
public record Extension<T, C extends ExtensionContext>(
        ExtensionPoint<T, C> point, String name, Function<? super C, ? extends T> create) {
    public Extension {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "an extension's name is lower case letters, digits and dashes, was '%s'".formatted(name));
        }
    }

    @Override
    public String toString() {
        return "%s '%s'".formatted(point.name(), name);
    }
}
