package dev.geniehive.kernel.plugin;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import java.util.Objects;

/** One extension of one loaded plugin. */
final class Offer<T, C extends ExtensionContext> implements Provided<T, C> {
    private final Loaded loaded;
    private final Extension<T, C> extension;
    private final Wall wall;

    Offer(Loaded loaded, Extension<T, C> extension, Wall wall) {
        this.loaded = loaded;
        this.extension = extension;
        this.wall = wall;
    }

    @Override
    public ExtensionPoint<T, C> point() {
        return extension.point();
    }

    @Override
    public String name() {
        return extension.name();
    }

    @Override
    public String plugin() {
        return loaded.id();
    }

    @Override
    public Lent<T> create(C context) {
        try {
            T made = wall.<Extension<T, C>, T>callWithin(
                    loaded, toString(), wall.deadline(), extension, it -> make(it, context));
            return new LentObject<>(loaded, extension.name(), toString(), made, wall);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GenieException(
                    ErrorKind.UNAVAILABLE, "Making %s of plugin '%s' was interrupted.".formatted(this, loaded.id()));
        }
    }

    private T make(Extension<T, C> from, C context) {
        T made = from.create().apply(context);
        return point().type().cast(Objects.requireNonNull(made, "create returned null"));
    }

    @Override
    public String toString() {
        return extension.toString();
    }
}
