package dev.geniehive.control.gateway;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Verdict;
import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait for a slot, first come first served: whoever has waited longest and can use the slot that became
 * free gets it. Bounded in length and time.
 */
final class Line {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** How often a place in the line is told, though nothing else happened. */
    private static final Duration TELL = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Place> places = new LinkedHashSet<>();
    private final AtomicLong hiveVersion = new AtomicLong();
    private volatile int waiting;

    /** Somebody who waits. All fields are guarded by the lock. */
    private final class Place {
        private final Condition news = lock.newCondition();
        private Decision decision;
        private long decidedOn;
        private @Nullable Reservation reserved;

        private Place(Decision decision, long decidedOn) {
            this.decision = decision;
            this.decidedOn = decidedOn;
        }

        private boolean outdated() {
            return decidedOn != hiveVersion.get();
        }
    }

    Line(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Takes a slot of the best service that has one, and waits for one if none has.
     *
     * @param decide decides anew; called again when the hive has changed while waiting
     * @param moved is told the place in the line whenever it is worth telling, from 1
     * @throws GenieException if nobody may get the request, the line is full, or the wait took too long
     */
    Reservation reserve(Supplier<Decision> decide, int maxWaiting, Duration atMost, PositionListener moved)
            throws InterruptedException {
        long version = hiveVersion.get();
        Decision decision = orRefuse(decide.get());
        Reservation now = waiting == 0 ? take(decision) : null;
        return now != null ? now : queue(new Place(decision, version), decide, maxWaiting, atMost, moved);
    }

    private Reservation queue(
            Place place, Supplier<Decision> decide, int maxWaiting, Duration atMost, PositionListener moved)
            throws InterruptedException {
        Reservation reserved = enter(place, maxWaiting);
        long deadline = ticker.nanos() + atMost.toNanos();
        try {
            while (reserved == null) {
                moved.at(position(place));
                reserved = await(place, deadline, decide);
            }
            return reserved;
        } catch (InterruptedException | RuntimeException gaveUp) {
            leave(place);
            throw gaveUp;
        }
    }

    /**
     * Those who are here already go first; then whoever enters may take what is left without waiting at all, however
     * long the line is: others may wait for other services.
     *
     * <p>The place is entered before {@link #serve} looks for slots a second time, and whoever frees a slot does so
     * before looking whether somebody waits: one of the two sees the other.
     */
    private @Nullable Reservation enter(Place place, int maxWaiting) {
        lock.lock();
        try {
            serve();
            Reservation now = take(place.decision);
            if (now != null) {
                return now;
            }
            if (places.size() >= maxWaiting) {
                throw full("All services of '%s' are busy and %d requests wait already (routing.max-queue)."
                        .formatted(place.decision.request().model(), places.size()));
            }
            places.add(place);
            waiting = places.size();
            serve();
            return place.reserved;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the slot, or null if there is none yet and it is time to tell the place in the line} */
    private @Nullable Reservation await(Place place, long deadline, Supplier<Decision> decide)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = Math.min(deadline - ticker.nanos(), TELL.toNanos());
            if (left <= 0 && place.reserved == null && !place.outdated()) {
                throw full("No service of '%s' had a free slot in time (routing.queue-timeout)."
                        .formatted(place.decision.request().model()));
            }
            while (left > 0 && place.reserved == null && !place.outdated()) {
                left = place.news.awaitNanos(left);
            }
            if (place.reserved != null || !place.outdated()) {
                return place.reserved;
            }
        } finally {
            lock.unlock();
        }
        return decideAnew(place, decide);
    }

    private @Nullable Reservation decideAnew(Place place, Supplier<Decision> decide) {
        long version = hiveVersion.get();
        Decision fresh = orRefuse(decide.get());
        lock.lock();
        try {
            place.decision = fresh;
            place.decidedOn = version;
            serve();
            return place.reserved;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Place place) {
        Reservation unused;
        lock.lock();
        try {
            places.remove(place);
            waiting = places.size();
            unused = place.reserved;
        } finally {
            lock.unlock();
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** A slot became free somewhere. */
    void slotFreed() {
        if (waiting > 0) {
            lock.lock();
            try {
                serve();
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
                places.forEach(place -> place.news.signal());
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@return how many wait} */
    int waiting() {
        return waiting;
    }

    /** Gives slots to those who can use them, the first first. Who has to decide anew comes here again after that. */
    private void serve() {
        for (Iterator<Place> each = places.iterator(); each.hasNext(); ) {
            Place place = each.next();
            Reservation reserved = place.outdated() ? null : take(place.decision);
            if (reserved != null) {
                place.reserved = reserved;
                each.remove();
                place.news.signal();
            }
        }
        waiting = places.size();
    }

    private @Nullable Reservation take(Decision decision) {
        Optional<Verdict.Eligible> taken = decision.takeSlot();
        return taken.isPresent() ? new Reservation(decision, taken.get(), this) : null;
    }

    private int position(Place place) {
        lock.lock();
        try {
            int position = 1;
            for (Place other : places) {
                if (other == place) {
                    return position;
                }
                position++;
            }
            return 1;
        } finally {
            lock.unlock();
        }
    }

    private static GenieException full(String message) {
        return new GenieException(
                new Problem(ErrorKind.TOO_MANY_REQUESTS, "queue_full", message).retryAfter(RETRY_AFTER));
    }

    private static Decision orRefuse(Decision decision) {
        decision.refusal().ifPresent(problem -> {
            throw new GenieException(problem);
        });
        return decision;
    }

    /** Is told where in the line a request stands. */
    @FunctionalInterface
    interface PositionListener {
        void at(int position);
    }
}
