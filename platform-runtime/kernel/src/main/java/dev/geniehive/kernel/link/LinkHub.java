package dev.geniehive.kernel.link;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.kernel.upstream.ByteStream;
import dev.geniehive.kernel.upstream.Timeouts;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The control plane's end of all links. Safe for use by many threads at once.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class LinkHub implements AutoCloseable {
    /**
     * @param heard called with the node's id when bytes of it have come, at most about once a second for each node; must
     *     be quick
     */
    public LinkHub(LinkSettings settings, Ticker ticker, Consumer<String> heard) {
        throw missing();
    }

    /** Takes a connection of a node in, and returns when it is over. */
    public void serve(String node, ByteStream stream) throws IOException, InterruptedException {
        throw missing();
    }

    /**
     * {@return the way to a service of a node; cheap, opens nothing}
     *
     * @param name what to call it in messages, for example {@code workshop/llama}
     * @param service its name on the node
     */
    public Upstream to(String node, String service, String name, Timeouts timeouts) {
        throw missing();
    }

    /** Has a node send its heartbeat now, if it has an idle connection here. */
    public void nudge(String node) {
        throw missing();
    }

    /** Cuts all connections of a node; running exchanges fail as broken. It may come back. */
    public void cut(String node) {
        throw missing();
    }

    /** {@return how many connections a node has here, idle and busy} */
    public int connections(String node) {
        throw missing();
    }

    /** {@return when bytes of a node came last, by the ticker; empty if it has no connection here} */
    public OptionalLong heardAt(String node) {
        throw missing();
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        throw missing();
    }

    private static UnsupportedOperationException missing() {
        return new UnsupportedOperationException();
    }
}
