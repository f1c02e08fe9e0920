package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import java.util.List;

/** Whoever is expected to answer soonest; the score is an {@link Estimate} in milliseconds. */
final class Latency implements ByNumbers {
    private final int answerTokens;

    /** @param answerTokens how many tokens an answer is assumed to have */
    Latency(int answerTokens) {
        this.answerTokens = answerTokens;
    }

    @Override
    public List<Ranked> rank(RouteRequest request, Candidates candidates) {
        Estimate estimate = Estimate.of(request, candidates, answerTokens);
        return InOrder.of(candidates, i -> estimate.millis(candidates, i));
    }

    @Override
    public String explain(Candidate candidate) {
        return Estimate.explain(candidate.signals());
    }
}
