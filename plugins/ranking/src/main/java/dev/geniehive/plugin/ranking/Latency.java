package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.List;

/** Whoever is expected to answer soonest; the score is an {@link Estimate} in milliseconds. */
final class Latency implements RankingPolicy {
    private final int answerTokens;

    /** @param answerTokens how many tokens an answer is assumed to have */
    Latency(int answerTokens) {
        this.answerTokens = answerTokens;
    }

    @Override
    public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
        Estimate estimate = Estimate.of(request, candidates, answerTokens);
        return InOrder.of(candidates, candidate -> estimate.millis(candidate.signals()));
    }

    @Override
    public String explain(Candidate candidate) {
        return Estimate.explain(candidate.signals());
    }
}
