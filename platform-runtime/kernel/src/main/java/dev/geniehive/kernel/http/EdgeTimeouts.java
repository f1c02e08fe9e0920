package dev.geniehive.kernel.http;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long the edge waits for whom.
 *
 * @param drain for running requests, when it stops
 * @param write for a client that takes no bytes
 * @param head for the whole head of a request, from its first byte; for the first byte of a new connection, too
 * @param body for more bytes of a request body
 * @param idle for the next request on a connection
 * @param waitingLine between two waiting lines on a stream whose answer has not begun
 */
public record EdgeTimeouts(
        Duration drain, Duration write, Duration head, Duration body, Duration idle, Duration waitingLine) {
    public EdgeTimeouts {
        if (!Stream.of(drain, write, head, body, idle, waitingLine).allMatch(Duration::isPositive)) {
            throw new IllegalArgumentException("timeouts must be positive, were "
                    + Stream.of(drain, write, head, body, idle, waitingLine).toList());
        }
    }

    /** {@return 30 s to drain, write, read a head or a body, 5 minutes idle, a waiting line every 10 s} */
    public static EdgeTimeouts defaults() {
        Duration half = Duration.ofSeconds(30);
        return new EdgeTimeouts(half, half, half, half, Duration.ofMinutes(5), Duration.ofSeconds(10));
    }
}
