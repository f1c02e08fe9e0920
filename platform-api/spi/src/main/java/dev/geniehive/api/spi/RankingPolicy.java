package dev.geniehive.api.spi;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
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
    /**
     * {@return all candidates, each once, the best first} The list is not changed any more, and says the same whenever it is
     * read. Mostly nobody reads more than its first element: it may put the others in order when somebody does, perhaps on
     * another thread and after this method has returned, as those of {@link Ranked#ascending} and {@link Ranked#inOrder} do.
     *
     * @param candidates not changed while the list is in use
     */
    List<Ranked> rank(RouteRequest request, List<Candidate> candidates);

    /**
     * {@return the same for candidates that are given by their numbers} The platform asks this one. A policy that looks at
     * the numbers only, and makes its list with {@link Ranked#ascending} or {@link Ranked#inOrder}, has no object made for
     * each candidate of each request; whoever has few candidates need not care.
     */
    default List<Ranked> rank(RouteRequest request, Candidates candidates) {
        return rank(request, candidates.all());
    }

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
