package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.control.hive.Offer;
import java.util.function.Supplier;

/** What a decision says about one service that has the name. */
public sealed interface Verdict {
    /** {@return the service and its model} */
    Offer offer();

    /**
     * It may get the request.
     *
     * @param offer the service and its model
     * @param adapter who speaks the operation with it
     * @param candidate what it was ranked by
     * @param row who comes in an earlier row is asked first
     */
    record Eligible(Offer offer, String adapter, Candidate candidate, Row row) implements Verdict {
        /** {@return whether a slot of the service was free and is taken now} */
        public boolean tryTake() {
            return offer.gauge().tryTake(offer.concurrency());
        }

        Eligible in(Row other) {
            return new Eligible(offer, adapter, candidate, other);
        }
    }

    /** Where somebody stands who may get the request. Nobody is left out: the last rows are asked when all else fails. */
    enum Row {
        /** As the policy says. */
        FRONT,
        /** Most of its requests failed lately. */
        EJECTED,
        /** It failed request after request, and rests. */
        RESTING
    }

    /**
     * It does not get the request.
     *
     * @param offer the service and its model
     * @param by the filter that dropped it
     * @param reason renders one sentence with the numbers; called only when somebody reads it
     */
    record Dropped(Offer offer, Drop by, Supplier<String> reason) implements Verdict {}
}
