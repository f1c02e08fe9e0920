package dev.geniehive.api.model;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the platform measured about a candidate at the moment of the decision.
 *
 * @param loaded whether the model answers without loading
 * @param health how the service feels
 * @param outstanding requests that this control plane has in flight there, at least 0
 * @param slots how many requests the service works on at once, if known
 * @param queueDepth requests that wait inside the engine, if it says
 * @param priority the operator's preference, higher first; 0 if none was given
 * @param cost the operator's price, lower first; 0 if none was given
 * @param expectedFirstTokenMillis recent time to the first token, 0 if nothing was seen yet
 * @param tieBreak a random number in [0, 1), drawn for this decision: near-ties fall where it says
 * @param peakFirstTokenMillis time to the first token as a pessimist sees it: as long as the worst of the last seconds,
 *     and shorter again the longer nothing was seen; 0 if nothing was seen yet
 * @param tokensPerSecond how fast one answer is written, learned from recent ones; 0 if nothing was seen yet
 * @param roundTripMillis to the node and back; 0 if it was not measured
 * @param gpuUtilization share of time that the busiest GPU of the machine is busy, 0 to 1, by whomever, if it says
 * @param prefixMatch how much of the prompt's beginning the service has read lately, 0 to 1; measured only for a policy
 *     that asks for it
 * @param sameSession whether the session's last request went there; measured only for a policy that asks for it
 * @param lastChosen grows with every choice in this control plane: the number of the last one that fell on this
 *     candidate; 0 if none did
 */
public record Signals(
        boolean loaded,
        ServiceHealth health,
        int outstanding,
        OptionalInt slots,
        OptionalInt queueDepth,
        int priority,
        double cost,
        double expectedFirstTokenMillis,
        double tieBreak,
        double peakFirstTokenMillis,
        double tokensPerSecond,
        double roundTripMillis,
        OptionalDouble gpuUtilization,
        double prefixMatch,
        boolean sameSession,
        long lastChosen) {
    /** Signals of a candidate about which nothing else was measured. */
    public Signals(
            boolean loaded,
            ServiceHealth health,
            int outstanding,
            OptionalInt slots,
            OptionalInt queueDepth,
            int priority,
            double cost,
            double expectedFirstTokenMillis,
            double tieBreak) {
        this(
                loaded,
                health,
                outstanding,
                slots,
                queueDepth,
                priority,
                cost,
                expectedFirstTokenMillis,
                tieBreak,
                expectedFirstTokenMillis,
                0,
                0,
                OptionalDouble.empty(),
                0,
                false,
                0);
    }
}
