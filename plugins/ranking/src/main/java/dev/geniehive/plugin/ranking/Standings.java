package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.ServiceHealth;
import java.util.List;

/**
 * What {@link LoadedFirst} compares about candidates, worked out once and packed into numbers. The smaller one is better.
 *
 * <p>Readiness is, from the highest bits down: not loaded, not healthy, the cost as a float, no free slot, the speed,
 * rounds. Preference is the priority turned around, and how much of the slots is taken. Then comes chance.
 */
final class Standings {
    private static final int MOST_ROUNDS = (1 << 17) - 1;
    private static final int UNKNOWN = -1;

    private final Candidates candidates;
    private final double quickest;
    private final long[] readiness;
    private final long[] preference;

    /** @param quickest milliseconds to the first token of those who have not answered yet */
    Standings(Candidates candidates, double quickest) {
        this.candidates = candidates;
        this.quickest = quickest;
        this.readiness = new long[candidates.size()];
        this.preference = new long[candidates.size()];
        for (int i = 0; i < readiness.length; i++) {
            take(i);
        }
    }

    List<Ranked> ranked() {
        return Ranked.inOrder(candidates, readiness, preference);
    }

    private void take(int i) {
        int slots = Load.slots(candidates, i);
        int queued = candidates.queueDepth(i, 0);
        double taken = ((double) candidates.outstanding(i) + queued) / slots;
        boolean known = candidates.slots(i, UNKNOWN) != UNKNOWN;
        int rounds = known ? (int) taken : (queued + slots - 1) / slots;
        double seen = candidates.expectedFirstTokenMillis(i);
        readiness[i] = readiness(i, rounds, (seen > 0 ? seen : quickest) * (1.0 + rounds));
        preference[i] = (-(long) candidates.priority(i) << 31) + bits(taken);
    }

    /** @param millis to the first token; counts as a power of two, so that what is about as fast is as fast */
    private long readiness(int i, int rounds, double millis) {
        long state = (candidates.loaded(i) ? 0L : 2L) + (candidates.health(i) == ServiceHealth.HEALTHY ? 0L : 1L);
        long speed = (long) Math.getExponent(millis) - Double.MIN_EXPONENT + 1;
        long packed = (state << 31) + bits(candidates.cost(i));
        packed = (packed << 1) + (rounds == 0 ? 0 : 1);
        packed = (packed << 12) + speed;
        return (packed << 17) + Math.min(rounds, MOST_ROUNDS);
    }

    /** {@return 31 bits that are in the same order as the numbers, from 0 up; less than nothing counts as nothing} */
    private static long bits(double number) {
        return number > 0 ? Float.floatToRawIntBits((float) number) : 0;
    }
}
