package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import java.util.List;

/**
 * One after the other: whoever was chosen longest ago. That holds also while services come and go, and for each model by
 * itself. The score is the number of the last choice.
 */
final class RoundRobin implements ByNumbers {
    @Override
    public List<Ranked> rank(RouteRequest request, Candidates candidates) {
        return InOrder.of(candidates, candidates::lastChosen);
    }

    @Override
    public String explain(Candidate candidate) {
        long last = candidate.signals().lastChosen();
        return last == 0 ? "not chosen yet" : "chosen last as number %d".formatted(last);
    }
}
