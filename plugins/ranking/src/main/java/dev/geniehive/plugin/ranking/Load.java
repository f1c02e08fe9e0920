package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Signals;

/** How much a service has to do. */
final class Load {
    /** A service that says nothing about slots counts as one with so many. */
    static final int ASSUMED_SLOTS = 4;

    private Load() {}

    /** {@return requests in flight and waiting in the engine} */
    static int requests(Candidates candidates, int i) {
        return candidates.outstanding(i) + candidates.queueDepth(i, 0);
    }

    /** {@return the slots, or the number that is assumed; at least 1} */
    static int slots(Candidates candidates, int i) {
        return Math.max(1, candidates.slots(i, ASSUMED_SLOTS));
    }

    static String explain(Signals signals) {
        StringBuilder line = new StringBuilder().append(signals.outstanding());
        signals.slots()
                .ifPresentOrElse(
                        slots -> line.append(" of ").append(slots).append(" slots taken"),
                        () -> line.append(" in flight"));
        signals.queueDepth().ifPresent(depth -> line.append(", ").append(depth).append(" queued"));
        return line.toString();
    }
}
