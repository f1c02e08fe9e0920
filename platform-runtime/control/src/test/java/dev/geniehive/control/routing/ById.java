package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.List;

/** Leaves candidates in the order of their ids. */
public record ById() implements RankingPolicy {
    @Override
    public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
        return candidates.stream().map(candidate -> new Ranked(candidate, 0)).toList();
    }

    @Override
    public String explain(Candidate candidate) {
        return "by id";
    }
}
