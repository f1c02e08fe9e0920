package dev.geniehive.control.gateway;

import dev.geniehive.control.hive.Service;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Verdict;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** How long a wait will probably be, by how fast the slots of services have become free lately. */
final class Forecast {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SOONEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LATEST_RETRY = Duration.ofMinutes(10);

    /** What is said while no slot has ever been given back, and nobody waits. */
    private static final Duration UNKNOWN = Duration.ofSeconds(5);

    private Forecast() {}

    /**
     * {@return after how long a request gets a slot; empty if nothing is known of its services}
     *
     * @param position its place among those who wait for them, from 1
     */
    static Optional<Duration> of(Decision decision, int position) {
        double perSecond = 0;
        Set<String> counted = new HashSet<>();
        for (Verdict.Eligible eligible : decision.askable()) {
            Service service = eligible.offer().service();
            double heldSeconds = service.gauge().heldMillis() / 1000;
            if (heldSeconds > 0 && service.concurrency().isPresent() && counted.add(service.id())) {
                perSecond += service.concurrency().getAsInt() / heldSeconds;
            }
        }
        if (perSecond == 0) {
            return Optional.empty();
        }
        double seconds = Math.min(position / perSecond, (double) LONGEST.toSeconds());
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /**
     * {@return when somebody who is turned away may be lucky: when those who wait now have been served} From 1 s to 10 min.
     *
     * @param waiting how many wait for the same services
     * @param oldestWait how long who came first of them has waited: so long it takes at least, where nothing else is known
     */
    static Duration retryAfter(Decision decision, int waiting, Duration oldestWait) {
        return bounded(of(decision, waiting + 1).orElse(oldestWait.isPositive() ? oldestWait : UNKNOWN));
    }

    /**
     * {@return when services that took no more, or failed, may take a request again} If all of them rest, when the first
     * has rested; otherwise as soon as a slot is free. From 1 s to 10 min.
     *
     * @param waiting how many wait for the same services
     */
    static Duration comeback(Decision decision, int waiting) {
        Duration rest = decision.eligible().stream()
                .map(one -> one.offer().service().gauge().breaker().restLeft())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        return rest.isPositive()
                ? bounded(rest)
                : bounded(of(decision, waiting + 1).or(() -> held(decision)).orElse(UNKNOWN));
    }

    /** {@return for how long requests have held the services lately, the shortest of them; empty if nothing is known} */
    private static Optional<Duration> held(Decision decision) {
        return decision.askable().stream()
                .map(one -> one.offer().service().gauge().heldMillis())
                .filter(millis -> millis > 0)
                .min(Double::compare)
                .map(millis -> Duration.ofMillis(Math.round(millis)));
    }

    /** {@return what a client is told instead of that: 1 s at least, 10 min at most} */
    static Duration bounded(Duration wait) {
        if (wait.compareTo(SOONEST_RETRY) < 0) {
            return SOONEST_RETRY;
        }
        return wait.compareTo(LATEST_RETRY) > 0 ? LATEST_RETRY : wait;
    }
}
