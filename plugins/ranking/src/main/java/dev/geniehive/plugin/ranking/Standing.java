package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;

/**
 * A candidate with what {@link LoadedFirst} compares, worked out once. The smaller one is better.
 *
 * @param candidate whose
 * @param rounds how many times all its slots have to become free before a new request gets one
 * @param speed the expected time to the first token, as a power of two
 * @param taken how much of its slots is taken; above 1 if some wait
 */
record Standing(Candidate candidate, int rounds, int speed, double taken) implements Comparable<Standing> {
    static Standing of(Candidate candidate, double quickest) {
        Signals signals = candidate.signals();
        int slots = Load.slots(signals);
        int queued = signals.queueDepth().orElse(0);
        double taken = ((double) signals.outstanding() + queued) / slots;
        int rounds = signals.slots().isPresent() ? (int) taken : (queued + slots - 1) / slots;
        double millis = signals.expectedFirstTokenMillis() > 0 ? signals.expectedFirstTokenMillis() : quickest;
        return new Standing(candidate, rounds, Math.getExponent(millis * (1.0 + rounds)), taken);
    }

    /** Written out, since it is called a hundred times a request. */
    @Override
    public int compareTo(Standing other) {
        Signals mine = candidate.signals();
        Signals its = other.candidate.signals();
        if (mine.loaded() != its.loaded()) {
            return mine.loaded() ? -1 : 1;
        }
        if (isHealthy() != other.isHealthy()) {
            return isHealthy() ? -1 : 1;
        }
        int order = Double.compare(mine.cost(), its.cost());
        if (order == 0) {
            order = comparePace(other);
        }
        if (order == 0) {
            order = Integer.compare(its.priority(), mine.priority());
        }
        if (order == 0) {
            order = Double.compare(taken, other.taken);
        }
        if (order == 0) {
            order = Double.compare(mine.tieBreak(), its.tieBreak());
        }
        return order == 0 ? InOrder.byId(candidate, other.candidate) : order;
    }

    private int comparePace(Standing other) {
        if ((rounds == 0) != (other.rounds == 0)) {
            return rounds == 0 ? -1 : 1;
        }
        int order = Integer.compare(speed, other.speed);
        return order == 0 ? Integer.compare(rounds, other.rounds) : order;
    }

    private boolean isHealthy() {
        return candidate.signals().health() == ServiceHealth.HEALTHY;
    }
}
