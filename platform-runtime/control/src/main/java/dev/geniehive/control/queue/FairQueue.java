package dev.geniehive.control.queue;

import dev.geniehive.api.model.Urgency;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Queues for the slots of services. When a service has a slot, {@link #next} tells who gets it: of all that can use that
 * service, the queue with the highest priority goes first, in it who is interactive before who is not, then keys take
 * turns, and of one key who came first.
 *
 * <p>Whose deadline has passed gets nothing. What a key has waiting makes nobody else wait longer than one round of the
 * keys. A queue that is full still takes an interactive request in the place of one that is not, and a request of a key
 * that has little waiting in the place of the last one of the key that has most.
 *
 * <p>Telling who is next costs the same however many wait; entering and leaving grow with the logarithm of the number of
 * keys, and with the number of services that can be used. For one thread at a time.
 *
 * @param <T> what waits
 */
public final class FairQueue<T> {
    private static final Comparator<Rank> FIRST =
            Comparator.comparingInt(Rank::priority).reversed().thenComparing(Rank::urgency);

    private final NavigableMap<Rank, Tier<T>> tiers = new TreeMap<>(FIRST);
    private final Map<String, TreeMap<Long, Ticket<T>>> queues = new HashMap<>();
    private long counter;
    private int size;

    private record Rank(int priority, Urgency urgency) {
        static Rank of(Ticket.Claim claim) {
            return new Rank(claim.queue().priority(), claim.urgency());
        }
    }

    /** What became of who wanted to enter. */
    public sealed interface Entry<T> {
        /**
         * It waits.
         *
         * @param ticket its place
         * @param displaced who had to go for it, if somebody had
         */
        record In<T>(Ticket<T> ticket, Optional<Ticket<T>> displaced) implements Entry<T> {}

        /**
         * There is no room.
         *
         * @param depth how many wait
         */
        record Full<T>(int depth) implements Entry<T> {}
    }

    /**
     * Lets somebody wait.
     *
     * @param uses the services that it can use, at least one
     * @param now by the ticker; the deadline is counted from it
     */
    public Entry<T> enter(T who, Ticket.Claim claim, Set<String> uses, long now) {
        int depth = depth(claim.queue().name());
        Optional<Ticket<T>> displaced = Optional.empty();
        if (depth >= claim.queue().maxDepth()) {
            displaced = whoGoesFor(claim);
            if (displaced.isEmpty()) {
                return new Entry.Full<>(depth);
            }
            leave(displaced.get());
        }
        Ticket<T> ticket = new Ticket<>(who, claim, ++counter, now, uses);
        tiers.computeIfAbsent(Rank.of(claim), unknown -> new Tier<>()).add(ticket);
        queues.computeIfAbsent(claim.queue().name(), unknown -> new TreeMap<>()).put(ticket.number(), ticket);
        size++;
        return new Entry.In<>(ticket, displaced);
    }

    /** {@return who gets the next slot of a service; whoever is found to be too late is taken out} */
    public Optional<Ticket<T>> next(String service, long now) {
        for (Tier<T> tier : tiers.values()) {
            Optional<Ticket<T>> next = tier.next(service);
            while (next.isPresent() && next.get().expired(now)) {
                leave(next.get());
                next = tier.next(service);
            }
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    /**
     * Gives the free slots of a service to those whose turn it is, until nobody waits for it or somebody takes none.
     *
     * @param takes whether somebody takes a slot of it, if it has one; asked of one after the other
     */
    public void serve(String service, long now, Predicate<? super Ticket<T>> takes) {
        Optional<Ticket<T>> next = next(service, now);
        while (next.isPresent() && takes.test(next.get())) {
            served(next.get(), service);
            next = next(service, now);
        }
    }

    /** Takes somebody out who got a slot of that service. */
    public void served(Ticket<T> ticket, String service) {
        if (takeOut(ticket)) {
            tier(ticket).served(ticket, service, ++counter);
        }
    }

    /** Takes somebody out who gave up. Twice is harmless. */
    public void leave(Ticket<T> ticket) {
        if (takeOut(ticket)) {
            tier(ticket).remove(ticket);
        }
    }

    /** Somebody who waits can use other services now, at least one; nothing happens to who waits no more. */
    public void move(Ticket<T> ticket, Set<String> uses) {
        if (ticket.in() && !ticket.uses().equals(uses)) {
            tier(ticket).move(ticket, uses);
        }
    }

    /**
     * {@return how many will probably be served before somebody who waits, by the services that it can use, if nobody
     * else comes} Who shares only some of these services counts in full, so it may be fewer.
     */
    public int ahead(Ticket<T> ticket) {
        Rank rank = Rank.of(ticket.claim());
        int ahead = tier(ticket).ahead(ticket);
        for (Tier<T> higher : tiers.headMap(rank).values()) {
            ahead += higher.sharing(ticket.uses());
        }
        return ahead;
    }

    /** {@return how many wait for any of these services} */
    public int sharing(Set<String> uses) {
        int sharing = 0;
        for (Tier<T> tier : tiers.values()) {
            sharing += tier.sharing(uses);
        }
        return sharing;
    }

    /** {@return how many wait in all queues} */
    public int size() {
        return size;
    }

    /** {@return how many wait in a queue} */
    public int depth(String queue) {
        return in(queue).size();
    }

    /** {@return who waits in a queue, by arrival} */
    public SortedMap<Long, Ticket<T>> in(String queue) {
        return Collections.unmodifiableSortedMap(queues.getOrDefault(queue, new TreeMap<>()));
    }

    /** {@return all who wait, by queue} */
    public Set<String> queues() {
        return Set.copyOf(queues.keySet());
    }

    private boolean takeOut(Ticket<T> ticket) {
        if (!ticket.in()) {
            return false;
        }
        ticket.out();
        size--;
        queues.computeIfPresent(ticket.claim().queue().name(), (name, all) -> {
            all.remove(ticket.number());
            return all.isEmpty() ? null : all;
        });
        return true;
    }

    private Tier<T> tier(Ticket<T> ticket) {
        return tiers.computeIfAbsent(Rank.of(ticket.claim()), unknown -> new Tier<>());
    }

    private Optional<Ticket<T>> whoGoesFor(Ticket.Claim claim) {
        if (claim.urgency() == Urgency.INTERACTIVE) {
            Optional<Ticket<T>> patient = last(claim.queue(), Urgency.BATCH, 1);
            if (patient.isPresent()) {
                return patient;
            }
        }
        Tier<T> own = tiers.get(Rank.of(claim));
        int waiting = own == null ? 0 : own.size(claim.flow());
        return last(claim.queue(), claim.urgency(), waiting + 2);
    }

    /** {@return the last one of the key that has most waiting, if that is so many at least} */
    private Optional<Ticket<T>> last(QueueRules queue, Urgency urgency, int least) {
        Tier<T> tier = tiers.get(new Rank(queue.priority(), urgency));
        if (tier == null) {
            return Optional.empty();
        }
        return tier.flows().stream()
                .filter(flow -> flow.id().queue().equals(queue.name()) && flow.size() >= least)
                .max(Comparator.comparingInt(Flow::size))
                .flatMap(Flow::last);
    }
}
