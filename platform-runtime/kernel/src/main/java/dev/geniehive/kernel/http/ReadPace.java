package dev.geniehive.kernel.http;

import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;

/** How long to wait for the client's next bytes: that depends on where in a request it is. Used by one thread. */
final class ReadPace {
    private enum Phase {
        BETWEEN,
        HEAD,
        BODY,
        LINGERING
    }

    private final EdgeTimeouts timeouts;
    private final Ticker ticker;
    private Phase phase = Phase.HEAD;
    private long phaseEnds;

    ReadPace(EdgeTimeouts timeouts, Ticker ticker) {
        this.timeouts = timeouts;
        this.ticker = ticker;
        this.phaseEnds = in(timeouts.head());
    }

    /** {@return until when to wait now} */
    long latest() {
        return switch (phase) {
            case HEAD, LINGERING -> phaseEnds;
            case BODY -> in(timeouts.body());
            case BETWEEN -> in(timeouts.idle());
        };
    }

    boolean isBetweenRequests() {
        return phase == Phase.BETWEEN;
    }

    void sawBytes() {
        if (phase == Phase.BETWEEN) {
            phase = Phase.HEAD;
            phaseEnds = in(timeouts.head());
        }
    }

    void headIsRead() {
        phase = Phase.BODY;
    }

    void requestIsDone() {
        phase = Phase.BETWEEN;
    }

    void lingering(long until) {
        phase = Phase.LINGERING;
        phaseEnds = until;
    }

    private long in(Duration time) {
        return ticker.nanos() + time.toNanos();
    }
}
