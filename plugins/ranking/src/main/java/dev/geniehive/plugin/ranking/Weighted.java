package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.List;

/**
 * A lottery: each candidate comes first as often as its weight says, whatever it has to do.
 *
 * <p>The score is {@code -ln(1 - u) / weight} with the candidate's random number {@code u}: the lowest of such numbers
 * falls on each candidate with a probability of its weight over the sum of all.
 */
final class Weighted implements RankingPolicy {
    private final Weights weights;

    Weighted(Weights weights) {
        this.weights = weights;
    }

    @Override
    public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
        return InOrder.of(Candidates.of(candidates), i -> score(candidates.get(i)));
    }

    private double score(Candidate candidate) {
        int weight = weights.of(candidate);
        return weight == 0 ? Double.MAX_VALUE : -Math.log1p(-candidate.signals().tieBreak()) / weight;
    }

    @Override
    public String explain(Candidate candidate) {
        return "weight %d".formatted(weights.of(candidate));
    }
}
