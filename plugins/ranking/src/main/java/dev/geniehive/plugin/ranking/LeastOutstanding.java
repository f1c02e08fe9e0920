package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.Signals;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.List;

/**
 * Whoever has the fewest requests, in flight or waiting in the engine; a free slot before none; chance among equals. The
 * score counts requests, a service without a free slot has a million more.
 */
final class LeastOutstanding implements RankingPolicy {
    private static final int FULL = 1_000_000;

    @Override
    public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
        return InOrder.of(candidates, candidate -> score(candidate.signals()));
    }

    private static double score(Signals signals) {
        int requests = Load.requests(signals);
        boolean full =
                signals.slots().isPresent() && requests >= signals.slots().getAsInt();
        return (full ? FULL : 0) + requests + signals.tieBreak();
    }

    @Override
    public String explain(Candidate candidate) {
        return Load.explain(candidate.signals());
    }
}
