package dev.geniehive.api.spi;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import java.util.List;

/**
 * Orders the services that could answer a request, the best first.
 *
 * <p>A pure function, called on the path of every request: no clock, no random numbers, no memory. Whatever changes
 * with time is measured by the platform and comes as a signal of the candidate.
 */
public interface RankingPolicy {
    /** {@return all candidates, each once, the best first} */
    List<Ranked> rank(RouteRequest request, List<Candidate> candidates);

    /** {@return one short line why a candidate stands where it does; called only when somebody reads it} */
    String explain(Candidate candidate);
}
