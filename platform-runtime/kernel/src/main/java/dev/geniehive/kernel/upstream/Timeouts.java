package dev.geniehive.kernel.upstream;

import java.time.Duration;

/**
 * How long to wait for an engine.
 *
 * @param connect for a connection, a TLS handshake included, and before that for a free place among the connections
 *     where their number is limited
 * @param firstByte from the last byte of the request to the first byte of the reply, and from its head to the first
 *     byte of its body; long, since a cold model loads
 * @param idle between two reads of the body once it has started
 * @param write for the engine to take the next bytes of the request
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration write) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** 2 seconds, 5 minutes, 2 minutes, 30 seconds. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofSeconds(30));

    public Timeouts {
        check("connect", connect);
        check("first-byte", firstByte);
        check("idle", idle);
        check("write", write);
    }

    private static void check(String name, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the %s timeout must be from 1 ms to 1 day, was %s".formatted(name, timeout));
        }
    }
}
