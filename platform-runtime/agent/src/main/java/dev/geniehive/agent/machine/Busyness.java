package dev.geniehive.agent.machine;

import java.util.Optional;
import java.util.OptionalDouble;

/** How busy the processors were between two readings of their counters. Used by one thread. */
final class Busyness {
    private Optional<Ticks> before = Optional.empty();

    /**
     * What the processors had done by a moment.
     *
     * @param all in ticks since the system started
     * @param idle how many of these they had nothing to do
     */
    record Ticks(long all, long idle) {
        private long busy() {
            return all - idle;
        }
    }

    /** {@return the share that was busy since the last call, 0 to 1; absent the first time, and where no time passed} */
    OptionalDouble since(Ticks now) {
        Optional<Ticks> then = before;
        before = Optional.of(now);
        if (then.isEmpty() || now.all() <= then.get().all()) {
            return OptionalDouble.empty();
        }
        double busy = now.busy() - then.get().busy();
        return OptionalDouble.of(Math.clamp(busy / (now.all() - then.get().all()), 0.0, 1.0));
    }
}
