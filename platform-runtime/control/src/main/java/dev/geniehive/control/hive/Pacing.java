package dev.geniehive.control.hive;

import java.time.Duration;

/**
 * How often nodes report, and when their silence counts. Slower where there are many, so that all heartbeats together
 * stay at a thousand a second.
 *
 * @param interval how often each reports
 * @param lostAfter after how much silence it counts as lost
 */
record Pacing(Duration interval, Duration lostAfter) {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

    /** Successive multiples of it fall into the largest gap that is left, however many there are. */
    private static final double GOLDEN = 0.618033988749895;

    /** {@return the same for so many nodes: at least a millisecond for each} */
    Pacing of(int nodes) {
        Duration least = Duration.ofMillis(nodes);
        if (interval.compareTo(least) >= 0) {
            return this;
        }
        double slower = (double) least.toNanos() / interval.toNanos();
        return new Pacing(least, Duration.ofNanos(Math.round(lostAfter.toNanos() * slower)));
    }

    /**
     * {@return when a node reports the second time: spread over the interval}
     *
     * @param sequence grows by one with every node that registers
     */
    Duration first(long sequence) {
        double turn = sequence * GOLDEN;
        return Duration.ofNanos(Math.round(interval.toNanos() * (1 - (turn - Math.floor(turn)))));
    }

    /** {@return how often to look who is silent: a loss shows soon after it counts} */
    Duration pause() {
        Duration quarter = Duration.ofNanos(lostAfter.toNanos() / 4);
        if (quarter.compareTo(LONGEST_PAUSE) > 0) {
            return LONGEST_PAUSE;
        }
        return quarter.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : quarter;
    }
}
