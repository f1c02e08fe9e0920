package dev.geniehive.control.routing;

import dev.geniehive.api.spi.RankingPolicy;

/** The ranking policies of this process. Safe for use by many threads at once. */
@FunctionalInterface
public interface Rankings {
    /**
     * {@return the policy of a name} Cheap, and never fails: while nobody offers the policy, what is returned leaves
     * candidates in the order in which they came.
     */
    RankingPolicy named(String name);
}
