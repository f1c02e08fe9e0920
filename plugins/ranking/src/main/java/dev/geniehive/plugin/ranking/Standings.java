package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import java.util.List;

/**
 * What {@link LoadedFirst} compares about candidates, worked out once and packed into numbers. The smaller one is better.
 *
 * <p>Readiness is, from the highest bits down: not loaded, not healthy, the cost as a float, no free slot, the speed,
 * rounds. Preference is the priority turned around, and how much of the slots is taken. Then comes chance.
 */
final class Standings {
    private static final int MOST_ROUNDS = (1 << 17) - 1;

    private final List<Candidate> candidates;
    private final double quickest;
    private final long[] readiness;
    private final long[] preference;
    private final long[] chance;

    /** @param quickest milliseconds to the first token of those who have not answered yet */
    Standings(List<Candidate> candidates, double quickest) {
        this.candidates = candidates;
        this.quickest = quickest;
        this.readiness = new long[candidates.size()];
        this.preference = new long[candidates.size()];
        this.chance = new long[candidates.size()];
        for (int i = 0; i < readiness.length; i++) {
            take(i, candidates.get(i).signals());
        }
    }

    List<Ranked> ranked() {
        return Ranked.inOrder(candidates, readiness, preference, chance);
    }

    private void take(int i, Signals signals) {
        int slots = Load.slots(signals);
        int queued = signals.queueDepth().orElse(0);
        double taken = ((double) signals.outstanding() + queued) / slots;
        int rounds = signals.slots().isPresent() ? (int) taken : (queued + slots - 1) / slots;
        double millis = signals.expectedFirstTokenMillis() > 0 ? signals.expectedFirstTokenMillis() : quickest;
        readiness[i] = readiness(signals, rounds, millis * (1.0 + rounds));
        preference[i] = (-(long) signals.priority() << 31) + bits(taken);
        chance[i] = Double.doubleToLongBits(signals.tieBreak());
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

    /** {@return 31 bits that are in the same order as the numbers, from 0 up; less than nothing counts as nothing} */
    private static long bits(double number) {
        return Float.floatToRawIntBits((float) Math.max(0, number));
    }
}
