package dev.geniehive.control.gateway;

import dev.geniehive.control.hive.Service;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A slot of a service that is ours until it is given back. Giving it back twice is harmless. */
final class Reservation implements AutoCloseable {
    private final Decision decision;
    private final Verdict.Eligible chosen;
    private final Line line;
    private final long takenAt;
    private final AtomicBoolean given = new AtomicBoolean();

    Reservation(Decision decision, Verdict.Eligible chosen, Line line, long takenAt) {
        this.decision = decision;
        this.chosen = chosen;
        this.line = line;
        this.takenAt = takenAt;
    }

    Decision decision() {
        return decision;
    }

    Verdict.Eligible chosen() {
        return chosen;
    }

    /** {@return whether it is of a service that is for overflow only} */
    boolean overflow() {
        return chosen.offer().service().terms().overflow();
    }

    @Override
    public void close() {
        if (given.compareAndSet(false, true)) {
            Service service = chosen.offer().service();
            service.gauge().sawHeld((double) (line.nanos() - takenAt) / TimeUnit.MILLISECONDS.toNanos(1));
            service.gauge().give();
            line.slotFreed(service.id());
        }
    }
}
