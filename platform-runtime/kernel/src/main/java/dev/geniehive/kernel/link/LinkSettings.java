package dev.geniehive.kernel.link;

import java.time.Duration;

/**
 * How a link behaves.
 *
 * @param minIdle how many idle connections a node keeps, at least 1
 * @param maxConnections how many connections a node opens at most, idle and busy
 * @param pingAfter a connection on which we wrote nothing for so long gets a ping
 * @param deadAfter a connection on which nothing came for so long while we wanted to read is dead
 * @param shrinkAfter how long more idle connections than needed are kept
 * @param redialFirst how long a node waits before it dials again after the first failure; doubles up to
 *     {@code redialLast}, with jitter
 */
public record LinkSettings(
        int minIdle,
        int maxConnections,
        Duration pingAfter,
        Duration deadAfter,
        Duration shrinkAfter,
        Duration redialFirst,
        Duration redialLast) {
    /** 4 idle of at most 1,024; ping after 15 s, dead after 45 s, shrink after 60 s; redial after 100 ms to 5 s. */
    public static final LinkSettings DEFAULT = new LinkSettings(
            4,
            1024,
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofSeconds(60),
            Duration.ofMillis(100),
            Duration.ofSeconds(5));
}
