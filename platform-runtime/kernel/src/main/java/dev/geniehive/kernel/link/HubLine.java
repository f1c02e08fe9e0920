package dev.geniehive.kernel.link;

import dev.geniehive.kernel.app.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A node's connection at the control plane. The thread that calls {@link #read} is its only reader. */
final class HubLine implements Minder.Minded {
    private final Line line;
    private final Roster.Node node;
    private final Roster roster;
    private final Ticker ticker;
    private final AtomicReference<@Nullable HubExchange> current = new AtomicReference<>();
    private volatile boolean cut;
    private volatile boolean retired;

    HubLine(Line line, Roster.Node node, Roster roster, Ticker ticker) {
        this.line = line;
        this.node = node;
        this.roster = roster;
        this.ticker = ticker;
    }

    Line line() {
        return line;
    }

    Roster.Node node() {
        return node;
    }

    @Override
    public void check(long now, LinkSettings settings) {
        line.check(now, settings);
        HubExchange exchange = current.get();
        if (exchange != null) {
            exchange.inbox().check(now);
        }
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
        HubExchange exchange = new HubExchange(this, ticker);
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

    void cut(String why) {
        cut = true;
        close(why);
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
