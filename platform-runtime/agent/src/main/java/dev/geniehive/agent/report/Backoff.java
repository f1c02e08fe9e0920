package dev.geniehive.agent.report;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: anything up to a bound that doubles with every failure, so that many machines
 * which lost the same control plane do not come back at the same moment. After a few failures the bound is at least the
 * interval of heartbeats. Used by one thread.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LAST = Duration.ofSeconds(10);
    private static final Duration SLOW = Duration.ofSeconds(30);
    private static final int A_FEW = 3;
    private static final int MAX_DOUBLINGS = 10;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** {@return how long to wait after one more failure} */
    Duration failed(Duration interval) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        Duration bound = doubled.compareTo(LAST) < 0 ? doubled : LAST;
        failures++;
        return upTo(failures >= A_FEW && bound.compareTo(interval) < 0 ? interval : bound);
    }

    /** {@return how long to wait where somebody has to do something first: half a minute, more or less} */
    Duration refused() {
        failures++;
        return SLOW.minus(SLOW.dividedBy(4)).plus(upTo(SLOW.dividedBy(2)));
    }

    /** {@return whether the last try failed} */
    boolean failing() {
        return failures > 0;
    }

    void succeeded() {
        failures = 0;
    }

    private Duration upTo(Duration bound) {
        return Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
    }
}
