package dev.geniehive.control.hive;

import dev.geniehive.protocol.Telemetry;
import java.time.Instant;
import java.util.Optional;

/** What changes about a host with every heartbeat. Safe for use by many threads at once; outlives snapshots. */
final class Presence {
    /** No report of this process's life is held. */
    static final long NO_REPORT = -1;

    private volatile long heardAt;
    private volatile Instant lastSeen;
    private volatile long generation = NO_REPORT;
    private volatile boolean wanted;
    private volatile boolean linked;
    private volatile Optional<Telemetry> telemetry = Optional.empty();

    Presence(long heardAt, Instant lastSeen) {
        this.heardAt = heardAt;
        this.lastSeen = lastSeen;
    }

    void heard(long nanos, Instant wallTime) {
        heardAt = nanos;
        lastSeen = wallTime;
    }

    /** Its silence counts from now on. */
    void pardon(long nanos) {
        heardAt = nanos;
    }

    long heardAt() {
        return heardAt;
    }

    Instant lastSeen() {
        return lastSeen;
    }

    /** {@return the generation of the report that is held} */
    long generation() {
        return generation;
    }

    void holds(long reported) {
        generation = reported;
    }

    /** {@return whether there is something that its node is to see to} */
    boolean wanted() {
        return wanted;
    }

    void want(boolean something) {
        wanted = something;
    }

    Optional<Telemetry> telemetry() {
        return telemetry;
    }

    void feels(Telemetry told) {
        telemetry = Optional.of(told);
    }

    /** {@return whether it had connections and has none any more: somebody closed them} */
    boolean closed(int connections) {
        if (connections > 0) {
            linked = true;
        }
        return linked && connections == 0;
    }
}
