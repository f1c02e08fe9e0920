package dev.geniehive.kernel.config;

import java.time.Duration;

/**
 * What the listener takes from clients.
 *
 * @param maxBodyBytes the largest JSON body
 * @param maxUploadBytes the largest multipart body
 * @param bodyMemoryBytes what all bodies in memory may take together
 * @param maxHeadersBytes the largest request head
 * @param maxConnections open connections at once
 * @param writeTimeout how long one write to a client that does not read may take
 */
public record ServerLimits(
        long maxBodyBytes,
        long maxUploadBytes,
        long bodyMemoryBytes,
        int maxHeadersBytes,
        int maxConnections,
        Duration writeTimeout) {
    /** {@return 32 MiB, 1 GiB, 256 MiB, 32 KiB, 10,000 and 30 seconds} */
    public static ServerLimits defaults() {
        return new ServerLimits(32L << 20, 1L << 30, 256L << 20, 32 << 10, 10_000, Duration.ofSeconds(30));
    }
}
