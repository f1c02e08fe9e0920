package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import dev.geniehive.control.queue.FairQueue;
import dev.geniehive.control.queue.Ticket;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Verdict;
import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait for a slot: the blocking shell around {@link FairQueue}, which says whose turn it is.
 *
 * <p>A slot that becomes free is handed to whoever is next of those who can use it, by the thread that gave it back. Who
 * decided on a hive that has changed decides anew before it gets anything; until it has, whoever is behind it waits.
 */
final class Line {
    private final Ticker ticker;
    private final GatewayObserver observer;
    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue<Place> queue = new FairQueue<>();
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final AtomicLong hiveVersion = new AtomicLong();
    private volatile int waiting;

    Line(Ticker ticker, GatewayObserver observer) {
        this.ticker = ticker;
        this.observer = observer;
    }

    /**
     * Takes a slot of the best service that has one, and waits for one if none has.
     *
     * @throws GenieException if nobody may get the request, its queue is full, or the wait took too long
     */
    Reservation reserve(Asking asking) throws InterruptedException {
        long version = hiveVersion.get();
        Decision decision = orRefuse(asking.decide(false));
        Reservation now = waiting == 0 ? takeAny(decision) : null;
        if (now == null) {
            return stand(new Place(asking, decision, version, lock.newCondition()));
        }
        tally(decision.queue().name()).served(now);
        return now;
    }

    private Reservation stand(Place place) throws InterruptedException {
        long from = ticker.nanos();
        Tally tally = tally(place.queue().name());
        try {
            Reservation reserved = enter(place);
            if (reserved != null) {
                tally.served(reserved);
                return reserved;
            }
            place.asking().waits(() -> look(place));
            while (reserved == null) {
                reserved = await(place);
            }
            tally.waited(reserved, ticker.nanos() - from);
            observer.waited(place.queue().name(), ticker.nanos() - from, true);
            return reserved;
        } catch (InterruptedException | RuntimeException gaveUp) {
            leave(place);
            if (place.ticket() != null) {
                observer.waited(place.queue().name(), ticker.nanos() - from, false);
            }
            throw gaveUp;
        }
    }

    /**
     * Those who are here already go first; then whoever enters may take what none of them can use, however many they
     * are.
     *
     * <p>The place is entered before {@link #serve} looks for slots a second time, and whoever frees a slot does so
     * before looking whether somebody waits: one of the two sees the other.
     */
    private @Nullable Reservation enter(Place place) {
        lock.lock();
        try {
            serve(place.uses());
            Reservation now = takeLeft(place.decision());
            if (now != null) {
                return now;
            }
            var claim = new Ticket.Claim(
                    place.queue(),
                    place.asking().caller().principal(),
                    place.asking().caller().urgency());
            switch (queue.enter(place, claim, place.uses(), ticker.nanos())) {
                case FairQueue.Entry.Full<Place> full -> throw full(place, full.depth());
                case FairQueue.Entry.In<Place> in -> {
                    place.entered(in.ticket());
                    in.displaced().ifPresent(other -> other.who().displace());
                }
            }
            waiting = queue.size();
            serve(place.uses());
            return place.reserved();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the slot, or null if something else than a slot came} */
    private @Nullable Reservation await(Place place) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Ticket<Place> ticket = place.ticket();
            long left = ticket == null ? 0 : place.left(ticket, ticker.nanos());
            while (left > 0 && isWaiting(place)) {
                left = place.news().awaitNanos(left);
            }
            if (place.reserved() != null) {
                return place.reserved();
            }
            if (place.displaced()) {
                throw full(place, queue.depth(place.queue().name()));
            }
            if (!place.outdated(hiveVersion.get()) && ticket != null && place.left(ticket, ticker.nanos()) <= 0) {
                overflowOrExpire(place, ticket);
            }
        } finally {
            lock.unlock();
        }
        return decideAnew(place);
    }

    private boolean isWaiting(Place place) {
        return place.reserved() == null && !place.displaced() && !place.outdated(hiveVersion.get());
    }

    private void overflowOrExpire(Place place, Ticket<Place> ticket) {
        if (ticket.deadline() - ticker.nanos() <= 0) {
            tally(place.queue().name()).expired();
            throw tooLate(place);
        }
        place.overflow();
    }

    private @Nullable Reservation decideAnew(Place place) {
        long version = hiveVersion.get();
        Decision fresh = orRefuse(place.asking().decide(place.overflowing()));
        lock.lock();
        try {
            Set<String> before = place.uses();
            place.decided(fresh, version);
            if (place.ticket() != null) {
                queue.move(place.ticket(), place.uses());
            }
            serve(before);
            serve(place.uses());
            return place.reserved();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever was behind may be next now, and gets what was meant for it. */
    private void leave(Place place) {
        Reservation unused;
        lock.lock();
        try {
            if (place.ticket() != null) {
                queue.leave(place.ticket());
            }
            waiting = queue.size();
            unused = place.reserved();
            serve(place.uses());
        } finally {
            lock.unlock();
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** A slot of a service became free. */
    void slotFreed(String service) {
        if (waiting > 0) {
            lock.lock();
            try {
                serve(service);
            } finally {
                lock.unlock();
            }
        }
    }

    /** The hive has changed: whoever waits decides anew, also who has decided already and is about to enter. */
    void hiveChanged() {
        hiveVersion.incrementAndGet();
        if (waiting > 0) {
            lock.lock();
            try {
                for (String name : queue.queues()) {
                    queue.in(name)
                            .values()
                            .forEach(ticket -> ticket.who().news().signal());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@return how many wait} */
    int waiting() {
        return waiting;
    }

    /** {@return by the ticker} */
    long nanos() {
        return ticker.nanos();
    }

    private void serve(Set<String> services) {
        services.forEach(this::serve);
    }

    /** Gives the free slots of a service to those whose turn it is. Who has to decide anew comes here again after that. */
    private void serve(String service) {
        queue.serve(service, ticker.nanos(), ticket -> takes(ticket.who(), service));
        waiting = queue.size();
    }

    private boolean takes(Place place, String service) {
        if (place.outdated(hiveVersion.get())) {
            return false;
        }
        Optional<Verdict.Eligible> slot = place.decision().at(service).filter(Verdict.Eligible::tryTake);
        slot.ifPresent(chosen -> place.reserve(reserved(place.decision(), chosen)));
        return slot.isPresent();
    }

    private @Nullable Reservation takeAny(Decision decision) {
        return decision.takeSlot().map(chosen -> reserved(decision, chosen)).orElse(null);
    }

    /** Takes a slot of a service that nobody else waits for. */
    private @Nullable Reservation takeLeft(Decision decision) {
        return decision.takeSlot(service -> queue.next(service, ticker.nanos()).isEmpty())
                .map(chosen -> reserved(decision, chosen))
                .orElse(null);
    }

    private Reservation reserved(Decision decision, Verdict.Eligible chosen) {
        return new Reservation(decision, chosen, this, ticker.nanos());
    }

    private Progress.Waiting look(Place place) {
        lock.lock();
        try {
            Ticket<Place> ticket = place.ticket();
            if (ticket == null || !ticket.in()) {
                return new Progress.Waiting("queued", OptionalInt.empty(), Optional.empty());
            }
            int position = queue.ahead(ticket) + 1;
            return new Progress.Waiting("queued", OptionalInt.of(position), Forecast.of(place.decision(), position));
        } finally {
            lock.unlock();
        }
    }

    /** {@return the queues that anybody waits in or ever asked for, by name} */
    Set<String> queues() {
        return new TreeSet<>(tallies.keySet());
    }

    /** {@return a queue as it is now} */
    QueueState state(String name) {
        Tally tally = tallies.get(name);
        QueueState.Counts counts = tally == null ? QueueState.Counts.NONE : tally.counts();
        lock.lock();
        try {
            return States.of(name, queue, ticker.nanos(), counts);
        } finally {
            lock.unlock();
        }
    }

    /** Known names only get here: those of roles, keys and the configuration. */
    private Tally tally(String name) {
        Tally tally = tallies.get(name);
        return tally != null ? tally : tallies.computeIfAbsent(name, this::opened);
    }

    private Tally opened(String name) {
        observer.opened(name, () -> state(name).depth());
        return new Tally();
    }

    /** Has queues show before anybody asked for them. */
    void know(Set<String> names) {
        names.forEach(this::tally);
    }

    private GenieException full(Place place, int depth) {
        String name = place.queue().name();
        tally(name).refused();
        observer.refused(name, depth);
        return tooMany(
                place,
                "All services of '%s' are busy and %d requests wait already in the queue '%s', which takes %d (queues.%s.max-depth, or else routing.max-queue)."
                        .formatted(
                                place.decision().request().model(),
                                depth,
                                name,
                                place.queue().maxDepth(),
                                name));
    }

    private GenieException tooLate(Place place) {
        String name = place.queue().name();
        return tooMany(
                place,
                "No service of '%s' had a free slot within the %d s that the queue '%s' allows (queues.%s.deadline, or else routing.queue-timeout)."
                        .formatted(
                                place.decision().request().model(),
                                place.queue().deadline().toSeconds(),
                                name,
                                name));
    }

    private GenieException tooMany(Place place, String message) {
        return new GenieException(new Problem(ErrorKind.TOO_MANY_REQUESTS, "queue_full", message)
                .retryAfter(Forecast.retryAfter(
                        place.decision(),
                        queue.sharing(place.uses()),
                        States.oldestWait(queue.in(place.queue().name()), ticker.nanos()))));
    }

    /** {@return when it is worth asking again for what these services have just refused} */
    Duration comeback(Decision decision) {
        lock.lock();
        try {
            return Forecast.comeback(decision, queue.sharing(decision.services()));
        } finally {
            lock.unlock();
        }
    }

    private static Decision orRefuse(Decision decision) {
        decision.refusal().ifPresent(problem -> {
            throw new GenieException(problem);
        });
        return decision;
    }
}
