package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.Signals;

/**
 * How long an answer would take, in milliseconds.
 *
 * <p>{@code (first + tokens × 1000 / rate) × (1 + requests / slots) × (1 + others)}, where {@code first} is the peak of
 * the time to the first token, {@code rate} the learned tokens per second, {@code requests} what the service has in
 * flight and queued, and {@code others} the GPU's utilisation where none of it is ours. A service that was not seen yet
 * counts as quick as the quickest known, plus the way there: it gets its chance. A spread of a tenth lets the platform's
 * random number decide near-ties.
 *
 * @param tokens how many the answer has; 0 if nothing is written token by token
 * @param quickest the shortest known time to a first token in milliseconds, 1 if none is known
 * @param fastest the highest known rate in tokens per second; 0 if none is known
 */
record Estimate(long tokens, double quickest, double fastest) {
    private static final double SPREAD = 0.1;

    /** @param usualTokens how many tokens an answer is assumed to have where the client allows as many */
    static Estimate of(RouteRequest request, Candidates candidates, int usualTokens) {
        double quickest = Double.POSITIVE_INFINITY;
        double fastest = 0;
        for (int i = 0; i < candidates.size(); i++) {
            double peak = candidates.peakFirstTokenMillis(i);
            if (peak > 0) {
                quickest = Math.min(quickest, peak);
            }
            fastest = Math.max(fastest, candidates.tokensPerSecond(i));
        }
        boolean writes = request.operation() == Operation.CHAT || request.operation() == Operation.COMPLETION;
        long tokens = writes ? Math.min(usualTokens, request.facts().maxTokens().orElse(usualTokens)) : 0;
        return new Estimate(tokens, Double.isInfinite(quickest) ? 1 : quickest, fastest);
    }

    double millis(Candidates candidates, int i) {
        double known = candidates.tokensPerSecond(i);
        double rate = known > 0 ? known : fastest;
        double writing = rate > 0 ? tokens * 1000 / rate : 0;
        double busy = (double) Load.requests(candidates, i) / Load.slots(candidates, i);
        double others = candidates.outstanding(i) == 0 ? candidates.gpuUtilization(i, 0) : 0;
        return (first(candidates, i) + writing) * (1 + busy) * (1 + others) * (1 + SPREAD * candidates.tieBreak(i));
    }

    private double first(Candidates candidates, int i) {
        double peak = candidates.peakFirstTokenMillis(i);
        return peak > 0 ? peak : quickest + candidates.roundTripMillis(i);
    }

    static String explain(Signals signals) {
        StringBuilder line = new StringBuilder(Load.explain(signals));
        if (signals.peakFirstTokenMillis() > 0) {
            line.append(", first token in %d ms at worst".formatted(Math.round(signals.peakFirstTokenMillis())));
        } else {
            line.append(", not seen yet");
        }
        if (signals.tokensPerSecond() > 0) {
            line.append(", %.1f tokens/s".formatted(signals.tokensPerSecond()));
        }
        if (signals.roundTripMillis() > 0) {
            line.append(", %.1f ms away".formatted(signals.roundTripMillis()));
        }
        signals.gpuUtilization().ifPresent(share -> line.append(", GPU %d %% busy".formatted(Math.round(100 * share))));
        return line.toString();
    }
}
