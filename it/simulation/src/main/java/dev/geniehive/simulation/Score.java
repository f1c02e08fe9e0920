package dev.geniehive.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Adds up what clients see. */
final class Score {
    private final List<Double> firstTokens = new ArrayList<>();
    private final Map<String, Waiting> waiting = new HashMap<>();
    private double answerSeconds;
    private int answers;
    private long tokens;
    private long known;
    private int asked;
    private int failovers;
    private int failed;

    /** What those of one crowd have waited for a slot. */
    private static final class Waiting {
        private final List<Double> seconds = new ArrayList<>();
        private int turnedAway;

        Result.Waits sum() {
            return new Result.Waits(percentile(seconds, 0.5), percentile(seconds, 0.95), turnedAway);
        }
    }

    void asked() {
        asked++;
    }

    void read(int promptTokens, int knownTokens) {
        tokens += promptTokens;
        known += knownTokens;
    }

    void firstToken(double seconds) {
        firstTokens.add(seconds);
    }

    void answered(double seconds) {
        answerSeconds += seconds;
        answers++;
    }

    void failedOver() {
        failovers++;
    }

    void failed() {
        failed++;
    }

    /** Somebody got a slot after that long. */
    void waited(Crowd crowd, double seconds) {
        of(crowd).seconds.add(seconds);
    }

    /** Somebody got none. */
    void turnedAway(Crowd crowd) {
        of(crowd).turnedAway++;
        failed++;
    }

    private Waiting of(Crowd crowd) {
        return Objects.requireNonNull(waiting.computeIfAbsent(crowd.name(), unknown -> new Waiting()));
    }

    Result result(String scenario, String policy) {
        Map<String, Result.Waits> waits = new HashMap<>();
        waiting.forEach((crowd, seen) -> waits.put(crowd, seen.sum()));
        return new Result(
                scenario,
                policy,
                percentile(firstTokens, 0.5),
                percentile(firstTokens, 0.95),
                answerSeconds / answers,
                (double) known / tokens,
                failovers,
                failed,
                asked - answers - failed,
                waits);
    }

    private static double percentile(List<Double> values, double share) {
        return Result.percentile(
                values.stream().mapToDouble(Double::doubleValue).toArray(), share);
    }
}
