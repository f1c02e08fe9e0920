package dev.geniehive.api.model;

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
        double tieBreak) {}
