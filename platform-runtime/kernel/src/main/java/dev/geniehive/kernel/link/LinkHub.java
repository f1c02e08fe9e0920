package dev.geniehive.kernel.link;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.kernel.http.Upgrade;
import dev.geniehive.kernel.upstream.ByteStream;
import dev.geniehive.kernel.upstream.Timeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control plane's end of all links. Safe for use by many threads at once.
 */
public final class LinkHub implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LinkHub.class);
    private static final long HEARD_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration IDLE_WRITE_LIMIT = Timeouts.DEFAULT.write();

    private final Ticker ticker;
    private final Consumer<String> heard;
    private final Roster roster;
    private final Minder minder;

    /**
     * @param heard called with the node's id when bytes of it have come, at most about once a second for each node; must
     *     be quick
     */
    public LinkHub(LinkSettings settings, Ticker ticker, Consumer<String> heard) {
        this.ticker = ticker;
        this.heard = heard;
        this.roster = new Roster();
        this.minder = new Minder("link-hub", settings, ticker, () -> {});
        minder.start();
    }

    /** Takes a connection of a node in, and returns when it is over. */
    void serve(String node, ByteStream stream) throws IOException, InterruptedException {
        Roster.Node known = roster.enter(node);
        Line line = new Line(stream, Frame.NOTHING, IDLE_WRITE_LIMIT.toNanos(), ticker, () -> heard(known));
        HubLine one = new HubLine(line, known, roster, ticker);
        heard(known);
        minder.add(one);
        try {
            if (roster.join(one)) {
                one.read();
            }
        } catch (MalformedFrameException e) {
            one.close("its node broke the protocol: " + e.why());
            log.warn("Closed a connection of node {}, which does not keep to the protocol: {}", node, e.why());
        } finally {
            one.close("its node closed the connection");
            roster.leave(one);
            minder.remove(one);
        }
    }

    private void heard(Roster.Node node) {
        if (node.heard(ticker.nanos(), HEARD_PAUSE_NANOS)) {
            heard.accept(node.id());
        }
    }

    /**
     * {@return how nodes get here: by a request that is switched to the link}
     *
     * @param nodeOf tells which node a caller is
     */
    public Upgrade upgrade(Function<Caller, String> nodeOf) {
        return new Upgrade(
                ControlAddress.PROTOCOL,
                ControlAddress.PATH,
                Access.NODE,
                LinkHub::otherVersion,
                (caller, headers, stream) -> serve(nodeOf.apply(caller), stream));
    }

    /** Who says nothing of a version is taken to speak ours. */
    private static Optional<Problem> otherVersion(Headers headers) {
        return headers.first(ControlAddress.VERSION_HEADER)
                .filter(said -> !said.equals(Integer.toString(ControlAddress.VERSION)))
                .map(said -> new Problem(
                        ErrorKind.INVALID_REQUEST,
                        "link_version",
                        "The node speaks version '%s' of the link, this control plane version %d. Install the same GenieHive on both."
                                .formatted(said.substring(0, Math.min(said.length(), 20)), ControlAddress.VERSION)));
    }

    /**
     * {@return the way to a service of a node; cheap, opens nothing}
     *
     * @param name what to call it in messages, for example {@code workshop/llama}
     * @param service its name on the node
     */
    public Upstream to(String node, String service, String name, Timeouts timeouts) {
        return new LinkUpstream(roster, node, service, name, timeouts);
    }

    /** Has a node send its heartbeat now, if it has an idle connection here. */
    public void nudge(String node) {
        HubLine idle = roster.anyIdle(node);
        if (idle != null) {
            idle.line().signal(FrameType.NUDGE);
        }
    }

    /**
     * Cuts all connections of a node; running exchanges fail as broken. It may come back.
     *
     * @param why the end of a sentence for whoever waits for an answer, for example {@code its host is lost}
     */
    public void cut(String node, String why) {
        roster.lines(node).forEach(line -> line.cut(why));
    }

    /** {@return how many connections a node has here, idle and busy} */
    public int connections(String node) {
        return roster.lines(node).size();
    }

    /** {@return how long pings of a node take to be answered, on the quickest of its connections; empty if none was yet} */
    public OptionalLong roundTripNanos(String node) {
        return roster.lines(node).stream()
                .mapToLong(line -> line.line().roundTripNanos())
                .filter(nanos -> nanos > 0)
                .min();
    }

    /** {@return when bytes of a node came last, by the ticker; empty if it has no connection here} */
    public OptionalLong heardAt(String node) {
        return roster.heardAt(node);
    }

    /** Cuts all connections. Later requests fail as cancelled. */
    @Override
    public void close() {
        roster.close().forEach(line -> line.cut("this process is stopping"));
        minder.close();
    }
}
