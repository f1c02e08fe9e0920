package dev.geniehive.simulation;

import dev.geniehive.control.hive.Service;
import dev.geniehive.control.queue.FairQueue;
import dev.geniehive.control.queue.Ticket;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Where requests wait for a slot: the real queue, without the threads that wait in it. What the gateway does under a lock
 * and with conditions happens here at one moment of the virtual clock.
 */
final class Hall {
    private final LongSupplier clock;
    private final Order order;
    private final Guests guests;
    private final FairQueue<Request> queue = new FairQueue<>();

    /** Whoever is in the hall. */
    interface Guests {
        /** {@return who may get a request now} */
        Decision decide(Request request);

        void served(Request request, Service service);

        /** It has to wait, until that time at most. */
        void waits(Request request, Ticket<Request> ticket);

        /** Nobody may get it, there is no room, or it waited too long. */
        void turnedAway(Request request);
    }

    Hall(LongSupplier clock, Order order, Guests guests) {
        this.clock = clock;
        this.order = order;
        this.guests = guests;
    }

    /** Somebody wants a slot. */
    void enter(Request request) {
        Decision decision = guests.decide(request);
        if (decision.refusal().isPresent()) {
            guests.turnedAway(request);
            return;
        }
        request.decided(decision);
        serve(decision.services());
        Optional<Verdict.Eligible> now = decision.takeSlot(
                service -> queue.next(service, clock.getAsLong()).isEmpty());
        if (now.isPresent()) {
            guests.served(request, now.get().offer().service());
        } else {
            queueUp(request, decision);
        }
    }

    private void queueUp(Request request, Decision decision) {
        Ticket.Claim claim = order.claim(decision.queue(), request.crowd());
        switch (queue.enter(request, claim, decision.services(), clock.getAsLong())) {
            case FairQueue.Entry.Full<Request> full -> guests.turnedAway(request);
            case FairQueue.Entry.In<Request> in -> {
                request.waits(in.ticket());
                in.displaced().ifPresent(other -> turnAway(other.who()));
                guests.waits(request, in.ticket());
            }
        }
    }

    /** A slot of a service became free. */
    void slotFreed(String service) {
        serve(Set.of(service));
    }

    /** It is the deadline of somebody, who may have been served before it. */
    void expire(Request request, Ticket<Request> ticket) {
        if (ticket.equals(request.ticket())) {
            leave(request);
            turnAway(request);
        }
    }

    /** The hive has changed: whoever waits decides anew, who came first first. */
    void decideAnew() {
        List<Ticket<Request>> waiting = new ArrayList<>();
        queue.queues().forEach(name -> waiting.addAll(queue.in(name).values()));
        waiting.sort(Comparator.comparingLong(Ticket::enteredAt));
        for (Ticket<Request> ticket : waiting) {
            if (ticket.in()) {
                decideAnew(ticket);
            }
        }
    }

    private void decideAnew(Ticket<Request> ticket) {
        Request request = ticket.who();
        Decision before = request.decision();
        Decision fresh = guests.decide(request);
        if (fresh.refusal().isPresent()) {
            leave(request);
            turnAway(request);
        } else {
            request.decided(fresh);
            queue.move(ticket, fresh.services());
        }
        serve(before == null ? Set.of() : before.services());
        serve(fresh.services());
    }

    private void serve(Set<String> services) {
        for (String service : services.stream().sorted().toList()) {
            queue.serve(service, clock.getAsLong(), ticket -> takes(ticket.who(), service));
        }
    }

    private boolean takes(Request request, String service) {
        Decision decision = request.decision();
        if (decision == null) {
            return false;
        }
        Optional<Verdict.Eligible> slot = decision.at(service).filter(Verdict.Eligible::tryTake);
        slot.ifPresent(chosen -> {
            request.waitsNoMore();
            guests.served(request, chosen.offer().service());
        });
        return slot.isPresent();
    }

    private void leave(Request request) {
        Ticket<Request> ticket = request.ticket();
        if (ticket != null) {
            queue.leave(ticket);
        }
    }

    private void turnAway(Request request) {
        request.waitsNoMore();
        guests.turnedAway(request);
    }
}
