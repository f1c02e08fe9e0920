package dev.geniehive.agent.report;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a control plane fails, again only if it fails otherwise, and once that it works. Used by one thread. */
final class Grievance {
    private static final Logger log = LoggerFactory.getLogger(Grievance.class);
    private static final long BETWEEN_REMINDERS = Duration.ofMinutes(1).toNanos();

    private final String control;
    private Optional<Told> told = Optional.empty();

    private record Told(Optional<ErrorKind> kind, long at) {}

    Grievance(String control) {
        this.control = control;
    }

    /** @param remind whether to say it again every minute */
    void failed(RuntimeException failure, boolean remind, long nanos) {
        Optional<ErrorKind> kind =
                failure instanceof GenieException refused ? Optional.of(refused.kind()) : Optional.empty();
        boolean said = told.stream()
                .anyMatch(before ->
                        sameSort(before.kind(), kind) && !(remind && nanos - before.at() >= BETWEEN_REMINDERS));
        if (said) {
            return;
        }
        told = Optional.of(new Told(kind, nanos));
        if (kind.isEmpty()) {
            log.error("Reporting to {} failed, and goes on being tried", control, failure);
        } else if (kind.get() == ErrorKind.UNAUTHORIZED) {
            log.error("{}", failure.getMessage());
        } else {
            log.warn("A heartbeat failed, and goes on being tried: {}", failure.getMessage());
        }
    }

    void over() {
        if (told.isPresent()) {
            log.info("{} takes heartbeats again", control);
        }
        told = Optional.empty();
    }

    /** Being refused is worth a word of its own; all ways of being away are one. */
    private static boolean sameSort(Optional<ErrorKind> one, Optional<ErrorKind> other) {
        return one.equals(Optional.of(ErrorKind.UNAUTHORIZED)) == other.equals(Optional.of(ErrorKind.UNAUTHORIZED))
                && one.isEmpty() == other.isEmpty();
    }
}
