package dev.geniehive.kernel.config;

/**
 * A line of {@code geniehive config show --origin}.
 *
 * @param key dotted
 * @param value what holds, placeholders not replaced, secrets masked
 * @param origin where it comes from
 */
public record ShownKey(String key, String value, Origin origin) {}
