package dev.geniehive.control.gateway;

import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Verdict;
import java.util.concurrent.atomic.AtomicBoolean;

/** A slot of a service that is ours until it is given back. Giving it back twice is harmless. */
final class Reservation implements AutoCloseable {
    private final Decision decision;
    private final Verdict.Eligible chosen;
    private final Line line;
    private final AtomicBoolean given = new AtomicBoolean();

    Reservation(Decision decision, Verdict.Eligible chosen, Line line) {
        this.decision = decision;
        this.chosen = chosen;
        this.line = line;
    }

    Decision decision() {
        return decision;
    }

    Verdict.Eligible chosen() {
        return chosen;
    }

    @Override
    public void close() {
        if (given.compareAndSet(false, true)) {
            chosen.offer().service().gauge().give();
            line.slotFreed();
        }
    }
}
