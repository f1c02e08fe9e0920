package dev.geniehive.control.routing;

import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.Gauge;
import dev.geniehive.control.hive.Offer;
import dev.geniehive.control.hive.performance.Performance;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * When it is worth asking again for what nobody can serve now, by what is known of those who could. An estimate: nobody
 * knows when somebody who is unwell will be well.
 */
public final class Comeback {
    /** Nodes look at their engines about that often: nothing is noticed sooner. */
    private static final Duration SOONEST = Duration.ofSeconds(2);

    private static final Duration LATEST = Duration.ofMinutes(1);

    /** What is said about what nothing is known of. */
    static final Duration UNKNOWN = Duration.ofSeconds(10);

    private Comeback() {}

    /** {@return when the first of these may be there again, from 2 s to 1 min} */
    static Duration of(List<Verdict.Dropped> dropped) {
        return soonest(dropped.stream().map(drop -> switch (drop.by()) {
            case DRAINING -> LATEST; // until somebody resumes it, and nobody knows when
            case HEALTH -> again(drop.offer());
            default -> asLongAgain(drop.offer().service().gauge());
        }));
    }

    private static Duration again(Offer offer) {
        return offer.service().health() == ServiceHealth.LOADING
                ? untilLoaded(offer)
                : asLongAgain(offer.service().gauge());
    }

    /** {@return when the first of these will probably have loaded its model, from 2 s to 1 min} */
    public static Duration untilLoaded(List<Verdict.Eligible> loading) {
        return soonest(loading.stream().map(Verdict.Eligible::offer).map(Comeback::untilLoaded));
    }

    /** What it took the other times counts, less what has passed; where it was never seen, as long again as until now. */
    private static Duration untilLoaded(Offer offer) {
        Gauge gauge = offer.service().gauge();
        OptionalDouble seconds = Performance.together(
                        List.of(gauge.performance(offer.asset().id())))
                .loadSeconds();
        return seconds.isEmpty()
                ? asLongAgain(gauge)
                : bounded(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1000))
                        .minus(gauge.unchangedFor()));
    }

    /** What has lasted for a second may end in a second; what has lasted for an hour will not. */
    private static Duration asLongAgain(Gauge gauge) {
        return bounded(gauge.unchangedFor());
    }

    private static Duration soonest(Stream<Duration> waits) {
        return waits.min(Duration::compareTo).orElse(UNKNOWN);
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(SOONEST) < 0 ? SOONEST : wait.compareTo(LATEST) > 0 ? LATEST : wait;
    }
}
