package dev.geniehive.control.hive.performance;

import java.time.Duration;

/**
 * How quick a service was lately, as routing sees it. Immutable.
 *
 * <p>The average moves by a fifth with each observation. The peak is that of a pessimist (peak-EWMA): it jumps up to
 * what is slower, and comes down half the way to the average in each {@link #CALM}. What was not seen for long is believed
 * less: the peak halves in each {@link #FORGOTTEN}, so that who was slow is tried again.
 *
 * @param average time to the first token in milliseconds; 0 if nothing was seen
 * @param peak the same as the pessimist saw it at that time
 * @param at when it was seen last, in nanoseconds
 * @param rate tokens per second; 0 if nothing was seen
 */
record Pace(double average, double peak, long at, double rate) {
    static final Pace UNKNOWN = new Pace(0, 0, 0, 0);
    static final Duration CALM = Duration.ofSeconds(7);
    static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private static final long CALM_NANOS = CALM.toNanos();
    private static final long FORGOTTEN_NANOS = FORGOTTEN.toNanos();
    private static final int MOST_HALVINGS = 1000;

    /** Weight of the newest observation in an average. */
    private static final double NEWEST = 0.2;

    private static final double SHORTEST_MILLIS = 0.001;

    double peak(long nanos) {
        return average == 0 ? 0 : Math.max(SHORTEST_MILLIS, calmed(nanos) * fading(nanos));
    }

    private double calmed(long nanos) {
        return average + (peak - average) * halved(nanos - at, CALM_NANOS);
    }

    private double fading(long nanos) {
        return halved(nanos - at, FORGOTTEN_NANOS);
    }

    /** {@return 1, half of it after each half-life, and straight lines between} It is asked for each candidate. */
    private static double halved(long elapsed, long halfLife) {
        long whole = Math.clamp(elapsed / halfLife, 0, MOST_HALVINGS);
        double rest = Math.clamp((double) elapsed / halfLife - whole, 0, 1);
        return Math.scalb(1 - rest / 2, (int) -whole);
    }

    Pace firstToken(double millis, long nanos) {
        double seen = Math.max(SHORTEST_MILLIS, millis);
        double next = average == 0 ? seen : average + NEWEST * (seen - average);
        double calm = average == 0 ? 0 : calmed(nanos);
        return new Pace(next, Math.max(seen, Math.max(next, calm)), nanos, rate);
    }

    Pace rate(double tokensPerSecond) {
        return new Pace(average, peak, at, rate == 0 ? tokensPerSecond : rate + NEWEST * (tokensPerSecond - rate));
    }
}
