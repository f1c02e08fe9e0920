package dev.geniehive.control.hive.performance;

import java.time.Duration;

/**
 * A sum whose parts fade: what is a half-life old counts half.
 *
 * @param value the sum at that time
 * @param at the time of the last addition, in nanoseconds
 */
record Faded(double value, long at) {
    static final Faded NOTHING = new Faded(0, 0);

    double now(long nanos, Duration halfLife) {
        return value == 0 ? 0 : value * Math.pow(2, (double) (at - nanos) / halfLife.toNanos());
    }

    Faded plus(double more, long nanos, Duration halfLife) {
        return new Faded(now(nanos, halfLife) + more, nanos);
    }
}
