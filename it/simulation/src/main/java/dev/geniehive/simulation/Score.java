package dev.geniehive.simulation;

import java.util.ArrayList;
import java.util.List;

/** Adds up what clients see. */
final class Score {
    private final List<Double> firstTokens = new ArrayList<>();
    private double answerSeconds;
    private int answers;
    private long tokens;
    private long known;
    private int asked;
    private int failovers;
    private int failed;

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

    Result result(String scenario, String policy) {
        double[] seconds = firstTokens.stream().mapToDouble(Double::doubleValue).toArray();
        return new Result(
                scenario,
                policy,
                Result.percentile(seconds, 0.5),
                Result.percentile(seconds, 0.95),
                answerSeconds / answers,
                (double) known / tokens,
                failovers,
                failed,
                asked - answers - failed);
    }
}
