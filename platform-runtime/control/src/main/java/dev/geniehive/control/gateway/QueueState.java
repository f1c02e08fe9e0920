package dev.geniehive.control.gateway;

import java.time.Duration;
import java.util.Optional;

/**
 * A queue as it is now.
 *
 * @param name of the queue
 * @param interactive how many wait for whom somebody sits and waits
 * @param batch how many wait for whom nobody does
 * @param oldestWait how long who came first has waited; zero if nobody waits
 * @param estimate how long somebody would probably wait who came now; empty if nobody waits, or nothing is known
 * @param counts since this process started
 */
public record QueueState(
        String name, int interactive, int batch, Duration oldestWait, Optional<Duration> estimate, Counts counts) {
    /** {@return how many wait} */
    public int depth() {
        return interactive + batch;
    }

    /**
     * What became of its requests since this process started.
     *
     * @param served got a slot
     * @param waited those of them that had to wait for it
     * @param waitedNanos how long those waited, together
     * @param refused turned away, since the queue was full
     * @param expired waited in vain
     * @param overflowed went to what is for overflow only
     */
    public record Counts(long served, long waited, long waitedNanos, long refused, long expired, long overflowed) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);
    }
}
