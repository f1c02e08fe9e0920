package dev.geniehive.control.gateway;

import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.queue.Ticket;
import dev.geniehive.control.routing.Decision;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** Somebody who waits in the line. Guarded by the line's lock. */
final class Place {
    private final Asking asking;
    private final QueueRules queue;
    private final Condition news;
    private Decision decision;
    private long decidedOn;
    private Set<String> uses;
    private boolean overflowing;
    private boolean displaced;
    private @Nullable Ticket<Place> ticket;
    private @Nullable Reservation reserved;

    /** @param version of the hive that it was decided on */
    Place(Asking asking, Decision decision, long version, Condition news) {
        this.asking = asking;
        this.queue = decision.queue();
        this.news = news;
        this.decision = decision;
        this.decidedOn = version;
        this.uses = decision.services();
    }

    Asking asking() {
        return asking;
    }

    QueueRules queue() {
        return queue;
    }

    Condition news() {
        return news;
    }

    Decision decision() {
        return decision;
    }

    /** {@return the services that it can use} */
    Set<String> uses() {
        return uses;
    }

    void decided(Decision fresh, long version) {
        decision = fresh;
        decidedOn = version;
        uses = fresh.services();
    }

    boolean outdated(long version) {
        return decidedOn != version;
    }

    @Nullable
    Ticket<Place> ticket() {
        return ticket;
    }

    void entered(Ticket<Place> got) {
        ticket = got;
    }

    @Nullable
    Reservation reserved() {
        return reserved;
    }

    void reserve(Reservation got) {
        reserved = got;
        news.signal();
    }

    boolean displaced() {
        return displaced;
    }

    /** It has to go for another. */
    void displace() {
        displaced = true;
        news.signal();
    }

    boolean overflowing() {
        return overflowing;
    }

    void overflow() {
        overflowing = true;
    }

    /** {@return how long until it is its time for something: the end, or overflow} */
    long left(Ticket<Place> at, long now) {
        long end = at.deadline() - now;
        return overflowing || queue.overflowAfter().isEmpty()
                ? end
                : Math.min(end, at.enteredAt() + queue.overflowAfter().get().toNanos() - now);
    }
}
