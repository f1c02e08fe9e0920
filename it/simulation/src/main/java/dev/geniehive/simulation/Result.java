package dev.geniehive.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What clients saw.
 *
 * @param scenario which
 * @param policy its name
 * @param firstTokenP50 seconds from asking to the first token, waiting included
 * @param firstTokenP95 nineteen of twenty were quicker
 * @param answerMean seconds from asking to the end of the answer
 * @param warmShare share of the prompts' tokens that did not have to be read again
 * @param failovers attempts that failed before another one
 * @param failed requests that ended with an error, or in the middle of their answer
 * @param unanswered requests that never ended
 * @param waits what was waited for a slot, by crowd
 */
record Result(
        String scenario,
        String policy,
        double firstTokenP50,
        double firstTokenP95,
        double answerMean,
        double warmShare,
        int failovers,
        int failed,
        int unanswered,
        Map<String, Waits> waits) {
    Result {
        waits = Map.copyOf(waits);
    }

    /**
     * What a crowd waited for a slot.
     *
     * @param p50 seconds, of those who got one
     * @param p95 nineteen of twenty got one sooner
     * @param turnedAway how many got none
     */
    record Waits(double p50, double p95, int turnedAway) {}

    Waits waits(String crowd) {
        return Optional.ofNullable(waits.get(crowd)).orElseThrow();
    }

    static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
