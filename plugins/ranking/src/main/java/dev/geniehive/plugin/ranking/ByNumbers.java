package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.List;

/** A policy that looks at numbers only, so that no candidate has to be made to be compared. */
interface ByNumbers extends RankingPolicy {
    @Override
    List<Ranked> rank(RouteRequest request, Candidates candidates);

    @Override
    default List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
        return rank(request, Candidates.of(candidates));
    }
}
