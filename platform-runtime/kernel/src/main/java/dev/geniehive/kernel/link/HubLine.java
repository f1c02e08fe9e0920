package dev.geniehive.kernel.link;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A node's connection at the control plane. The thread that calls {@link #read} is its only reader. */
final class HubLine {
    private final Line line;
    private final Roster.Node node;
    private final Roster roster;
    private final AtomicReference<@Nullable HubExchange> current = new AtomicReference<>();
    private volatile boolean cut;
    private volatile boolean retired;

    HubLine(Line line, Roster.Node node, Roster roster) {
        this.line = line;
        this.node = node;
        this.roster = roster;
    }

    Line line() {
        return line;
    }

    Roster.Node node() {
        return node;
    }

    /** Reads until the connection is over. */
    void read() throws IOException, InterruptedException {
        for (Frame frame = line.next(); frame != null; frame = line.next()) {
            if (frame.type() == FrameType.NUDGE) {
                retired = true;
                roster.retire(this);
            } else {
                HubExchange exchange = current.get();
                if (exchange == null) {
                    throw new MalformedFrameException("a frame %s came and nothing was asked".formatted(frame.type()));
                }
                exchange.accept(frame);
            }
        }
    }

    /** Begins an exchange on a connection that was idle. */
    HubExchange begin(Duration writeLimit) {
        HubExchange exchange = new HubExchange(this);
        line.limitWrites(writeLimit);
        current.set(exchange);
        if (line.closedBecause() != null) {
            exchange.broke(closedBecause());
        }
        return exchange;
    }

    /** Takes the connection back from an exchange that is over. */
    void over() {
        current.set(null);
        roster.idle(this);
    }

    boolean isRetired() {
        return retired;
    }

    boolean isCut() {
        return cut;
    }

    boolean isOpen() {
        return line.closedBecause() == null;
    }

    void cut() {
        cut = true;
        close("its node was cut off here");
    }

    String closedBecause() {
        String why = line.closedBecause();
        return why == null ? "its node closed the connection" : why;
    }

    /** Ends the connection and what runs on it, from any thread. */
    void close(String why) {
        line.close(why);
        HubExchange exchange = current.get();
        if (exchange != null) {
            exchange.broke(closedBecause());
        }
    }
}
