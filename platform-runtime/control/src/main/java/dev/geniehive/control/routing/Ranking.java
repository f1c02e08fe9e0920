package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.performance.Trail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Puts those who may get a request in order.
 *
 * @param asking the request
 * @param policy orders equals
 * @param trail by what services may know the request
 * @param smallestFirst whether the smallest that does is taken among equals, as for roles
 * @param dice draws a number in [0, 1) for near-ties
 */
record Ranking(Asking asking, RankingPolicy policy, Trail trail, boolean smallestFirst, DoubleSupplier dice) {
    /** Who fails though it says it is well comes last, who is not quite well after who is. */
    private static final Comparator<Verdict.Eligible> WELL = Ranking::compareWellness;

    /** Then the lowest cost. */
    private static final Comparator<Verdict.Eligible> FIRST_ROWS = Ranking::compareFirstRows;

    /** {@return all of them, the best first: by rows, then as the policy says, for roles by family before that} */
    List<Verdict.Eligible> of(List<Casting.Fit> fits) {
        List<Verdict.Eligible> judged = eligible(fits);
        if (judged.size() < 2) {
            return judged;
        }
        List<Verdict.Eligible> ordered = asPolicySays(Ejection.of(judged, now(judged)));
        ordered.sort(FIRST_ROWS);
        Roominess room = new Roominess(asking.demand().likelyTokens());
        if (room.differs(fits)) {
            ordered.sort(WELL.thenComparing(verdict -> room.isNarrow(verdict.offer())));
        }
        return smallestFirst ? preferred(ordered, fits, room) : ordered;
    }

    private List<Verdict.Eligible> eligible(List<Casting.Fit> fits) {
        if (fits.isEmpty()) {
            return List.of();
        }
        Moment moment = Moment.of(policy, fits.getFirst().offer(), trail);
        Ties ties = smallestFirst ? Ties.smallestFirst(fits, dice) : offer -> dice.getAsDouble();
        List<Verdict.Eligible> eligible = new ArrayList<>(fits.size());
        for (Casting.Fit fit : fits) {
            Offer offer = fit.offer();
            eligible.add(new Verdict.Eligible(
                    offer, adapter(offer), moment.candidate(offer, ties.of(offer)), Verdict.Row.FRONT));
        }
        return eligible;
    }

    private static long now(List<Verdict.Eligible> judged) {
        return judged.getFirst().offer().service().gauge().now();
    }

    private String adapter(Offer offer) {
        return offer.service()
                .adapter(asking.route().operation(), offer.asset())
                .orElseThrow();
    }

    private List<Verdict.Eligible> asPolicySays(List<Verdict.Eligible> eligible) {
        List<Candidate> candidates = new ArrayList<>(eligible.size());
        eligible.forEach(verdict -> candidates.add(verdict.candidate()));
        Places places = new Places(eligible);
        List<Verdict.Eligible> ordered = new ArrayList<>(eligible.size());
        for (Ranked ranked : policy.rank(asking.route(), Collections.unmodifiableList(candidates))) {
            Verdict.Eligible verdict = places.take(ranked.candidate());
            if (verdict != null) {
                ordered.add(verdict);
            }
        }
        places.addRest(ordered);
        return ordered;
    }

    /** Written out, since it is called for every candidate. */
    private static int compareWellness(Verdict.Eligible one, Verdict.Eligible other) {
        int order = one.row().compareTo(other.row());
        return order == 0 ? health(one).compareTo(health(other)) : order;
    }

    private static int compareFirstRows(Verdict.Eligible one, Verdict.Eligible other) {
        int order = compareWellness(one, other);
        return order == 0
                ? Double.compare(
                        one.candidate().signals().cost(),
                        other.candidate().signals().cost())
                : order;
    }

    private static ServiceHealth health(Verdict.Eligible verdict) {
        return verdict.candidate().signals().health();
    }

    /** By family, among those who are as well and as likely to have the room. */
    private static List<Verdict.Eligible> preferred(
            List<Verdict.Eligible> ordered, List<Casting.Fit> fits, Roominess room) {
        IdentityHashMap<Offer, Integer> preferences = new IdentityHashMap<>();
        fits.forEach(fit -> preferences.put(fit.offer(), fit.preference()));
        ordered.sort(WELL.thenComparing(verdict -> room.isNarrow(verdict.offer()))
                .thenComparing(verdict -> preferences.getOrDefault(verdict.offer(), 0)));
        return ordered;
    }
}
