package dev.geniehive.control.gateway;

import java.util.concurrent.atomic.LongAdder;

/** What became of the requests of one queue since this process started. Safe for use by many threads at once. */
final class Tally {
    private final LongAdder served = new LongAdder();
    private final LongAdder waited = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder overflowed = new LongAdder();

    /** One got a slot without waiting. */
    void served(Reservation slot) {
        served.increment();
        if (slot.overflow()) {
            overflowed.increment();
        }
    }

    /** One got a slot after a wait. */
    void waited(Reservation slot, long nanos) {
        served(slot);
        waited.increment();
        waitedNanos.add(nanos);
    }

    /** One was turned away, or had to go for another. */
    void refused() {
        refused.increment();
    }

    /** One waited in vain. */
    void expired() {
        expired.increment();
    }

    QueueState.Counts counts() {
        return new QueueState.Counts(
                served.sum(), waited.sum(), waitedNanos.sum(), refused.sum(), expired.sum(), overflowed.sum());
    }
}
