package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.performance.Trail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
    private static final int MOST_PREFERENCE = (1 << 20) - 1;

    /**
     * {@return all of them, the best first} Who fails though it says it is well comes last, who is not quite well after who
     * is, and who is likely to have too little room after who has enough. Then comes the role's preference, the lowest cost,
     * and what the policy says.
     */
    List<Verdict.Eligible> of(List<Casting.Fit> fits) {
        if (fits.isEmpty()) {
            return Lineup.EMPTY;
        }
        Moment moment = Moment.of(policy, fits.getFirst().offer(), trail);
        List<Verdict.Eligible> judged = eligible(fits, moment);
        if (judged.size() < 2) {
            return new Lineup(judged, new int[judged.size()], List.of());
        }
        List<Verdict.Eligible> members = Ejection.of(judged, moment.nanos());
        return new Lineup(members, rows(members, fits), policy.rank(asking.route(), candidates(members)));
    }

    private List<Verdict.Eligible> eligible(List<Casting.Fit> fits, Moment moment) {
        Ties ties = smallestFirst ? Ties.smallestFirst(fits, dice) : offer -> dice.getAsDouble();
        List<Verdict.Eligible> eligible = new ArrayList<>(fits.size());
        for (Casting.Fit fit : fits) {
            Offer offer = fit.offer();
            String adapter =
                    Objects.requireNonNull(offer.adapter(asking.route().operation()), "who has no adapter was dropped");
            eligible.add(
                    new Verdict.Eligible(offer, adapter, moment.candidate(offer, ties.of(offer)), Verdict.Row.FRONT));
        }
        return eligible;
    }

    private static List<Candidate> candidates(List<Verdict.Eligible> members) {
        List<Candidate> candidates = new ArrayList<>(members.size());
        for (Verdict.Eligible member : members) {
            candidates.add(member.candidate());
        }
        return Collections.unmodifiableList(candidates);
    }

    /** Packed, the first to decide in the highest bits. */
    @SuppressWarnings("EnumOrdinal") // both are declared from the best to the worst
    private int[] rows(List<Verdict.Eligible> members, List<Casting.Fit> fits) {
        Roominess room = new Roominess(asking.demand().likelyTokens());
        int[] rows = new int[members.size()];
        for (int i = 0; i < rows.length; i++) {
            Verdict.Eligible member = members.get(i);
            int row = member.row().ordinal();
            row = (row << 3) + member.offer().health().ordinal();
            row = (row << 1) + (room.isNarrow(member.offer()) ? 1 : 0);
            rows[i] = (row << 20) + Math.min(fits.get(i).preference(), MOST_PREFERENCE);
        }
        return rows;
    }
}
