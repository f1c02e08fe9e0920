package dev.geniehive.control.routing;

import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.performance.Trail;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Puts those who may get a request in order.
 *
 * @param asking the request
 * @param policy orders equals
 * @param trail by what services may know the request
 * @param dice draws a number in [0, 1) for near-ties
 */
record Ranking(Asking asking, RankingPolicy policy, Trail trail, DoubleSupplier dice) {
    /**
     * {@return all of them, the best first} Who fails though it says it is well comes last, who is not quite well after who
     * is, and who is likely to have too little room after who has enough. Then comes the role's preference, the lowest cost,
     * and what the policy says.
     */
    List<Verdict.Eligible> of(Field field) {
        if (field.isEmpty()) {
            return List.of();
        }
        Trail seen = policy.seesPrefixes() ? trail : Trail.NONE;
        Contenders contenders = new Contenders(field, asking.demand().likelyTokens(), seen, dice);
        return new Lineup(contenders, field.size() < 2 ? List.of() : policy.rank(asking.route(), contenders));
    }
}
