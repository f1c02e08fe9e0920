package dev.geniehive.simulation;

import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.queue.Ticket;
import dev.geniehive.control.routing.Decision;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One turn of a conversation on its way. */
final class Request {
    private final Conversation conversation;
    private final Crowd crowd;
    private final Trail trail;
    private final long askedAt;
    private final Set<String> tried = new HashSet<>();
    private @Nullable Decision decision;
    private @Nullable Ticket<Request> ticket;

    Request(Conversation conversation, Crowd crowd, Trail trail, long askedAt) {
        this.conversation = conversation;
        this.crowd = crowd;
        this.trail = trail;
        this.askedAt = askedAt;
    }

    Conversation conversation() {
        return conversation;
    }

    Crowd crowd() {
        return crowd;
    }

    Trail trail() {
        return trail;
    }

    /** {@return when its client sent it, by the virtual clock} */
    long askedAt() {
        return askedAt;
    }

    /** {@return the services that failed it} */
    Set<String> tried() {
        return tried;
    }

    void decided(Decision now) {
        decision = now;
    }

    @Nullable
    Decision decision() {
        return decision;
    }

    void waits(Ticket<Request> at) {
        ticket = at;
    }

    /** It has a slot, or none is wanted any more. */
    void waitsNoMore() {
        ticket = null;
    }

    /** {@return its place in the queue, if it waits} */
    @Nullable
    Ticket<Request> ticket() {
        return ticket;
    }
}
