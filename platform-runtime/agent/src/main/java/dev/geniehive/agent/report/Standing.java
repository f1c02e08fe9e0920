package dev.geniehive.agent.report;

import dev.geniehive.protocol.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How this machine stands with a control plane.
 *
 * @param assignment what it was told when it was last taken in; empty if it never was
 * @param connected whether the last heartbeat was taken
 * @param since when that began, if it ever was taken in
 * @param answeredAt nanoseconds of the ticker when a heartbeat was last taken; without meaning before that
 * @param lastError what went wrong last, a sentence; empty while it is connected
 */
public record Standing(
        Optional<Assignment> assignment,
        boolean connected,
        Optional<Instant> since,
        long answeredAt,
        Optional<String> lastError) {
    static final Standing NEW = new Standing(Optional.empty(), false, Optional.empty(), 0, Optional.empty());

    Standing admitted(Assignment to) {
        return new Standing(Optional.of(to), connected, since, answeredAt, lastError);
    }

    Standing answered(long nanos, Instant now) {
        return new Standing(assignment, true, connected ? since : Optional.of(now), nanos, Optional.empty());
    }

    Standing failed(String why, Instant now) {
        Optional<Instant> began = connected ? Optional.of(now) : since;
        return new Standing(assignment, false, began, answeredAt, Optional.of(why));
    }

    /** {@return why this machine cannot be counted on through that control plane; empty if it can} */
    public Optional<String> notReady(String control, long nanos) {
        if (connected) {
            return Optional.empty();
        }
        String error = lastError.map(why -> ": " + why).orElse(".");
        if (since.isEmpty()) {
            return Optional.of("%s has not taken this machine in yet%s".formatted(control, error));
        }
        Duration away = Duration.ofNanos(nanos - answeredAt);
        boolean lost = assignment.stream().noneMatch(told -> away.compareTo(told.lostAfter()) < 0);
        return lost
                ? Optional.of("%s does not answer since %s%s".formatted(control, since.get(), error))
                : Optional.empty();
    }
}
