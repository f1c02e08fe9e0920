package dev.geniehive.kernel.link;

import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.kernel.body.Bodies;
import dev.geniehive.kernel.upstream.Dialer;
import java.net.URI;
import java.util.random.RandomGenerator;

/**
 * A node's end of the link to one control plane: dials, keeps some connections idle, and serves what comes on them. Safe
 * for use by many threads at once.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class LinkClient implements AutoCloseable {
    /**
     * What a client is lent.
     *
     * @param sockets opens connections
     * @param services what can be asked for
     * @param bodies holds the bodies of requests until the engine has answered
     * @param nudged called when the control plane wants a heartbeat now; must be quick
     * @param random for jitter
     */
    public record Parts(
            Dialer sockets,
            LinkServices services,
            Bodies bodies,
            Runnable nudged,
            Ticker ticker,
            RandomGenerator random) {}

    /** Starts to dial on threads of its own, and goes on dialling until it is closed, whatever happens. */
    public static LinkClient start(LinkSettings settings, URI control, String key, Parts parts) {
        throw missing();
    }

    /** {@return connections that stand, idle and busy} */
    public int connections() {
        throw missing();
    }

    /** Cuts all connections; running exchanges are hung up on. */
    @Override
    public void close() {
        throw missing();
    }

    private static UnsupportedOperationException missing() {
        return new UnsupportedOperationException();
    }
}
