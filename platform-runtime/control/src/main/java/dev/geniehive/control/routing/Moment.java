package dev.geniehive.control.routing;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Signals;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.hive.Gauge;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.control.hive.performance.Trail;

/**
 * Measures all candidates of a decision at the same moment.
 *
 * @param nanos the time by the clock of the hive
 * @param trail by what they may know the request; none if the policy does not look at that
 */
record Moment(long nanos, Trail trail) {
    /** {@return now, for a policy that is to order this one and others} */
    static Moment of(RankingPolicy policy, Offer one, Trail trail) {
        return new Moment(one.gauge().now(), policy.seesPrefixes() ? trail : Trail.NONE);
    }

    /** @param tieBreak a random number in [0, 1) */
    Candidate candidate(Offer offer, double tieBreak) {
        Service service = offer.service();
        return new Candidate(service.id(), service.host(), offer.asset().id(), signals(offer, tieBreak));
    }

    private Signals signals(Offer offer, double tieBreak) {
        Gauge gauge = offer.gauge();
        Performance performance = offer.performance();
        boolean mayKnow = trail != Trail.NONE && offer.asset().loaded();
        return new Signals(
                offer.asset().loaded(),
                offer.health(),
                outstanding(offer),
                offer.concurrency(),
                offer.queueDepth(),
                offer.priority(),
                offer.cost(),
                performance.firstTokenMillis(),
                tieBreak,
                performance.peakFirstTokenMillis(nanos),
                performance.tokensPerSecond(),
                gauge.roundTripMillis(),
                gauge.gpuUtilization(),
                mayKnow ? trail.match(performance) : 0,
                mayKnow && trail.isSessionOf(performance),
                performance.lastChosen());
    }

    /** What the engine says is a second old, our own count is not; others may use the engine too: the larger holds. */
    private static int outstanding(Offer offer) {
        return Math.max(offer.gauge().inFlight(), offer.busy());
    }
}
