package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.Signals;
import java.util.List;

/**
 * What answers soonest, at the lowest cost. Each line decides only where those above it see no difference:
 *
 * <ol>
 *   <li>loaded before what has to be loaded first;
 *   <li>healthy before degraded;
 *   <li>lower cost;
 *   <li>a free slot before a queue;
 *   <li>sooner first token, the recent one times the rounds that have to pass before it; within a factor of two, two
 *       services are equally soon;
 *   <li>fewer whole rounds to wait;
 *   <li>higher priority;
 *   <li>less of its slots taken;
 *   <li>where the platform's random number says.
 * </ol>
 *
 * <p>So a preferred machine is filled as long as it has room and is about as fast as the others, and equals share the
 * load. A service that has not answered yet counts as quick as the quickest known: it gets its chance. The score of a
 * candidate is its place.
 */
final class LoadedFirst implements ByNumbers {
    @Override
    public List<Ranked> rank(RouteRequest request, Candidates candidates) {
        return new Standings(candidates, quickest(candidates)).ranked();
    }

    /** {@return the shortest known time to a first token in milliseconds, 1 if none is known} */
    private static double quickest(Candidates candidates) {
        double quickest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            double millis = candidates.expectedFirstTokenMillis(i);
            if (millis > 0 && millis < quickest) {
                quickest = millis;
            }
        }
        return Double.isInfinite(quickest) ? 1 : quickest;
    }

    @Override
    public String explain(Candidate candidate) {
        Signals signals = candidate.signals();
        StringBuilder line = new StringBuilder(signals.loaded() ? "loaded" : "has to be loaded")
                .append(", ")
                .append(signals.health().wireName())
                .append(", ")
                .append(Load.explain(signals));
        if (signals.expectedFirstTokenMillis() > 0) {
            line.append(", first token in about %d ms".formatted(Math.round(signals.expectedFirstTokenMillis())));
        }
        return line.append(", priority %d, cost %s".formatted(signals.priority(), signals.cost()))
                .toString();
    }
}
