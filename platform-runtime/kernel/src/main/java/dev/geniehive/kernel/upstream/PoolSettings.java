package dev.geniehive.kernel.upstream;

import java.time.Duration;

/**
 * Which idle connections are kept.
 *
 * @param maxIdle at most so many for each endpoint, at least 0; the oldest go first
 * @param maxIdleTime at most so long, less if the engine says so in a {@code Keep-Alive} header
 */
public record PoolSettings(int maxIdle, Duration maxIdleTime) {
    /** 64 for each endpoint, 30 seconds. */
    public static final PoolSettings DEFAULT = new PoolSettings(64, Duration.ofSeconds(30));

    public PoolSettings {
        if (maxIdle < 0 || maxIdleTime.isNegative() || maxIdleTime.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "max-idle must be at least 0 and max-idle-time from 0 to 1 day, was %d and %s"
                            .formatted(maxIdle, maxIdleTime));
        }
    }
}
