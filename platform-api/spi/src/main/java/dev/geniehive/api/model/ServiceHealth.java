package dev.geniehive.api.model;

import java.util.Locale;

/** How an engine feels. Only {@link #HEALTHY} and {@link #DEGRADED} services get requests. */
public enum ServiceHealth {
    /** Answers, and says it is ready. */
    HEALTHY,
    /** Answers requests, though something about it is wrong. */
    DEGRADED,
    /** Alive, and getting its model ready. */
    LOADING,
    /** Answers, but says or shows that it cannot serve. */
    UNHEALTHY,
    /** Does not answer at all. */
    UNREACHABLE;

    /** {@return whether requests may be sent to it} */
    public boolean usable() {
        return this == HEALTHY || this == DEGRADED;
    }

    /** {@return the name in JSON, for example {@code healthy}} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
