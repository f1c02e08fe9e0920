package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;

/**
 * A candidate with what {@link LoadedFirst} compares, worked out once and packed into numbers, since candidates are compared
 * a thousand times where there are many. The smaller one is better.
 *
 * @param candidate whose
 * @param readiness from the highest bits down: not loaded, not healthy, the cost as a float, no free slot, the speed, rounds
 * @param preference from the highest bits down: the priority turned around, and how much of its slots is taken
 * @param tieBreak in [0, 1)
 */
record Standing(Candidate candidate, long readiness, long preference, double tieBreak) implements Comparable<Standing> {
    private static final int MOST_ROUNDS = (1 << 17) - 1;

    static Standing of(Candidate candidate, double quickest) {
        Signals signals = candidate.signals();
        int slots = Load.slots(signals);
        int queued = signals.queueDepth().orElse(0);
        double taken = ((double) signals.outstanding() + queued) / slots;
        int rounds = signals.slots().isPresent() ? (int) taken : (queued + slots - 1) / slots;
        double millis = signals.expectedFirstTokenMillis() > 0 ? signals.expectedFirstTokenMillis() : quickest;
        return new Standing(
                candidate,
                readiness(signals, rounds, millis * (1.0 + rounds)),
                preference(signals.priority(), taken),
                signals.tieBreak());
    }

    /** @param millis to the first token; counts as a power of two, so that what is about as fast is as fast */
    private static long readiness(Signals signals, int rounds, double millis) {
        long state = (signals.loaded() ? 0L : 2L) + (signals.health() == ServiceHealth.HEALTHY ? 0L : 1L);
        long speed = (long) Math.getExponent(millis) - Double.MIN_EXPONENT + 1;
        long packed = (state << 31) + bits(signals.cost());
        packed = (packed << 1) + (rounds == 0 ? 0 : 1);
        packed = (packed << 12) + speed;
        return (packed << 17) + Math.min(rounds, MOST_ROUNDS);
    }

    private static long preference(int priority, double taken) {
        return (-(long) priority << 31) + bits(taken);
    }

    /** {@return 31 bits that are in the same order as the numbers, from 0 up; less than nothing counts as nothing} */
    private static long bits(double number) {
        return Float.floatToRawIntBits((float) Math.max(0, number));
    }

    @Override
    public int compareTo(Standing other) {
        int order = Long.compareUnsigned(readiness, other.readiness);
        if (order == 0) {
            order = Long.compare(preference, other.preference);
        }
        if (order == 0) {
            order = Double.compare(tieBreak, other.tieBreak);
        }
        return order == 0 ? InOrder.byId(candidate, other.candidate) : order;
    }
}
