package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import java.util.List;

/**
 * Whoever has the fewest requests, in flight or waiting in the engine; a free slot before none; chance among equals. The
 * score counts requests, a service without a free slot has a million more.
 */
final class LeastOutstanding implements ByNumbers {
    private static final int FULL = 1_000_000;

    @Override
    public List<Ranked> rank(RouteRequest request, Candidates candidates) {
        return InOrder.of(candidates, i -> score(candidates, i));
    }

    private static double score(Candidates candidates, int i) {
        int requests = Load.requests(candidates, i);
        boolean full = requests >= candidates.slots(i, Integer.MAX_VALUE);
        return (full ? FULL : 0) + requests + candidates.tieBreak(i);
    }

    @Override
    public String explain(Candidate candidate) {
        return Load.explain(candidate.signals());
    }
}
