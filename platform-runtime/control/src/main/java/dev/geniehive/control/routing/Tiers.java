package dev.geniehive.control.routing;

import dev.geniehive.api.model.Operation;
import dev.geniehive.control.hive.Offer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who passed the filters, and who did not.
 *
 * @param ready those that have the model loaded
 * @param loadable those that have to load it first
 * @param spare those that are for overflow only
 * @param dropped the others, and why
 * @param narrow whether any of these has too little context
 */
record Tiers(Field ready, Field loadable, Field spare, List<Verdict.Dropped> dropped, boolean narrow) {
    /** {@return who of these may get a request} */
    static Tiers of(List<Casting.Fit> fits, Filters filters, Turnout turnout, boolean smallestFirst) {
        List<Casting.Fit> ready = new ArrayList<>(fits.size());
        List<Casting.Fit> loadable = new ArrayList<>(0);
        List<Casting.Fit> spare = new ArrayList<>(0);
        List<Verdict.Dropped> dropped = new ArrayList<>(0);
        for (Casting.Fit fit : fits) {
            Offer offer = fit.offer();
            Verdict.Dropped drop = drop(offer, filters, turnout);
            if (drop != null) {
                dropped.add(drop);
            } else {
                (offer.overflow() ? spare : offer.asset().loaded() ? ready : loadable).add(fit);
            }
        }
        Operation operation = filters.request().route().operation();
        return new Tiers(
                Field.of(ready, operation, smallestFirst),
                Field.of(loadable, operation, smallestFirst),
                Field.of(spare, operation, smallestFirst),
                List.copyOf(dropped),
                dropped.stream().anyMatch(drop -> drop.by() == Drop.CONTEXT));
    }

    private static Verdict.@Nullable Dropped drop(Offer offer, Filters filters, Turnout turnout) {
        Verdict.Dropped elsewhere = turnout.drop(offer);
        return elsewhere == null ? filters.drop(offer) : elsewhere;
    }

    boolean isEmpty() {
        return ready.isEmpty() && loadable.isEmpty();
    }

    /** {@return the same for another request of the kind, whose reasons tell its own number of tokens} */
    Tiers told(Filters filters) {
        if (!narrow) {
            return this;
        }
        List<Verdict.Dropped> own = new ArrayList<>(dropped.size());
        for (Verdict.Dropped drop : dropped) {
            Verdict.Dropped again = drop.by() == Drop.CONTEXT ? filters.drop(drop.offer()) : drop;
            own.add(again == null ? drop : again);
        }
        return new Tiers(ready, loadable, spare, List.copyOf(own), true);
    }
}
