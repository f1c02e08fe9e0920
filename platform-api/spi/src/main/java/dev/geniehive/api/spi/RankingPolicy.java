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

    /**
     * {@return whether the order depends on {@code prefixMatch} and {@code sameSession}} What that takes is measured for
     * such a policy only. The same on every call.
     */
    default boolean seesPrefixes() {
        return false;
    }

    /** {@return one short line why a candidate stands where it does; called only when somebody reads it} */
    String explain(Candidate candidate);
}
