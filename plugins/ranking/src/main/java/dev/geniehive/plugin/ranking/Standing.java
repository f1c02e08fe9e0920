package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import java.util.Comparator;

/**
 * A candidate with what {@link LoadedFirst} compares, worked out once.
 *
 * @param candidate whose
 * @param rounds how many times all its slots have to become free before a new request gets one
 * @param speed the expected time to the first token, as a power of two
 * @param taken how much of its slots is taken; above 1 if some wait
 */
record Standing(Candidate candidate, int rounds, int speed, double taken) {
    static final Comparator<Standing> BEST_FIRST = Comparator.<Standing>comparingInt(
                    s -> s.signals().loaded() ? 0 : 1)
            .thenComparingInt(s -> s.signals().health() == ServiceHealth.HEALTHY ? 0 : 1)
            .thenComparingDouble(s -> s.signals().cost())
            .thenComparingInt(s -> s.rounds == 0 ? 0 : 1)
            .thenComparingInt(Standing::speed)
            .thenComparingInt(Standing::rounds)
            .thenComparing(s -> s.signals().priority(), Comparator.reverseOrder())
            .thenComparingDouble(Standing::taken)
            .thenComparingDouble(s -> s.signals().tieBreak())
            .thenComparing(s -> s.candidate.service())
            .thenComparing(s -> s.candidate.asset());

    static Standing of(Candidate candidate, double quickest) {
        Signals signals = candidate.signals();
        int slots = Load.slots(signals);
        int queued = signals.queueDepth().orElse(0);
        double taken = ((double) signals.outstanding() + queued) / slots;
        int rounds = signals.slots().isPresent() ? (int) taken : (queued + slots - 1) / slots;
        double millis = signals.expectedFirstTokenMillis() > 0 ? signals.expectedFirstTokenMillis() : quickest;
        return new Standing(candidate, rounds, Math.getExponent(millis * (1.0 + rounds)), taken);
    }

    private Signals signals() {
        return candidate.signals();
    }
}
