package dev.geniehive.control.routing;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Operation;
import dev.geniehive.control.hive.Offers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who of a name, or of those that fit a role, passes the filters: worked out once for each kind of request and kept as
 * long as nothing about any of them changes. Safe for use by many threads at once.
 */
final class Eligibility {
    /** So many kinds are kept; the one that was worked out first makes room. */
    private static final int MOST_KINDS = 8;

    private final List<Casting.Fit> fits;
    private final boolean smallestFirst;
    private final long[] contexts;
    private final AtomicReference<List<Known>> known = new AtomicReference<>(List.of());

    /**
     * All of a request that makes a difference to filters.
     *
     * @param tokens of context that are needed, rounded up to what anybody has
     * @param served whether any machine says that it serves the queue
     */
    private record Kind(
            Operation operation,
            Set<Ability> abilities,
            long tokens,
            String queue,
            List<String> hosts,
            boolean served,
            boolean overflow,
            Set<String> adapters,
            boolean load) {}

    private record Known(Kind kind, Tiers tiers) {}

    /** @param smallestFirst whether the smallest that does is taken among equals, as for roles */
    Eligibility(List<Casting.Fit> fits, boolean smallestFirst) {
        this.fits = fits;
        this.smallestFirst = smallestFirst;
        this.contexts = new long[fits.size()];
        Arrays.setAll(contexts, i -> fits.get(i).offer().context());
        Arrays.sort(contexts);
    }

    /** {@return that of a name} */
    static Eligibility of(Offers offers) {
        List<Casting.Fit> fits = new ArrayList<>(offers.size());
        for (int i = 0; i < offers.size(); i++) {
            fits.add(new Casting.Fit(offers.get(i), 0));
        }
        return new Eligibility(Collections.unmodifiableList(fits), false);
    }

    /** {@return who may get a request, and who may not and why} */
    Tiers tiers(Filters filters, Turnout turnout) {
        Kind kind = kind(filters, turnout);
        for (Known one : known.get()) {
            if (one.kind().equals(kind)) {
                return one.tiers().told(filters);
            }
        }
        Tiers made = Tiers.of(fits, filters, turnout, smallestFirst);
        known.updateAndGet(before -> with(new Known(kind, made), before));
        return made;
    }

    private Kind kind(Filters filters, Turnout turnout) {
        Demand demand = filters.request().demand();
        return new Kind(
                filters.request().route().operation(),
                demand.abilities(),
                roundedUp(demand.leastTokens()),
                turnout.queue().name(),
                turnout.queue().hosts(),
                turnout.isServed(),
                turnout.overflow(),
                filters.adapters(),
                filters.load());
    }

    /** {@return the smallest context that is large enough; the largest number if there is none} */
    private long roundedUp(long tokens) {
        if (contexts.length == 0 || tokens <= contexts[0]) {
            return 0;
        }
        int found = Arrays.binarySearch(contexts, tokens);
        int place = found < 0 ? -found - 1 : found;
        return place < contexts.length ? contexts[place] : Long.MAX_VALUE;
    }

    private static List<Known> with(Known latest, List<Known> before) {
        List<Known> next = new ArrayList<>(MOST_KINDS);
        next.add(latest);
        next.addAll(before.subList(0, Math.min(before.size(), MOST_KINDS - 1)));
        return List.copyOf(next);
    }
}
