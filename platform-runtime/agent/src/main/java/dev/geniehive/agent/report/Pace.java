package dev.geniehive.agent.report;

import java.time.Duration;

/**
 * When the next heartbeat is due. A heartbeat that comes early does not move those that come at a fixed rate; two are
 * never closer than a quarter of a second. All moments are nanoseconds of one ticker; used by one thread.
 */
final class Pace {
    private static final long CLOSEST = Duration.ofMillis(250).toNanos();

    private long due;
    private long last;

    /** @param now the moment from which on the first heartbeat is due */
    Pace(long now) {
        this.due = now;
        this.last = now - CLOSEST;
    }

    /** A heartbeat goes out. */
    void beats(long now) {
        last = now;
    }

    /** The next one is due so long after this moment. */
    void after(long now, Duration pause) {
        due = now + pause.toNanos();
    }

    /** The next one is due an interval after the one that was; those that were missed are not made up for. */
    void goesOn(long now, Duration interval) {
        if (due - now > 0) {
            due = Math.min(due - now, interval.toNanos()) + now;
        } else {
            long next = due + interval.toNanos();
            due = next - now > 0 ? next : now + interval.toNanos();
        }
    }

    /** {@return how long to rest, not above 0 if a heartbeat is due} */
    long left(long now, boolean urgent) {
        return urgent ? Math.min(due - now, last + CLOSEST - now) : due - now;
    }
}
