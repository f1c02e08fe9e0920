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
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Place> places = new LinkedHashSet<>();
    private volatile int waiting;

    /** Somebody who waits. All fields are guarded by the lock. */
    private final class Place {
        private final Condition news = lock.newCondition();
        private Decision decision;
        private @Nullable Reservation reserved;
        private boolean outdated;

        private Place(Decision decision) {
            this.decision = decision;
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
        Decision decision = orRefuse(decide.get());
        if (waiting == 0) {
            Reservation now = take(decision);
            if (now != null) {
                return now;
            }
        }
        return queue(decision, decide, maxWaiting, atMost, moved);
    }

    private Reservation queue(
            Decision first, Supplier<Decision> decide, int maxWaiting, Duration atMost, PositionListener moved)
            throws InterruptedException {
        Place place = new Place(first);
        enter(place, maxWaiting);
        long deadline = ticker.nanos() + atMost.toNanos();
        try {
            while (true) {
                moved.at(position(place));
                Reservation reserved = await(place, deadline);
                if (reserved != null) {
                    return reserved;
                }
                Decision fresh = orRefuse(decide.get());
                lock.lock();
                try {
                    place.decision = fresh;
                    serve();
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException | RuntimeException gaveUp) {
            leave(place);
            throw gaveUp;
        }
    }

    private void enter(Place place, int maxWaiting) {
        lock.lock();
        try {
            if (places.size() >= maxWaiting) {
                throw new GenieException(new Problem(
                                ErrorKind.TOO_MANY_REQUESTS,
                                "queue_full",
                                "All services of '%s' are busy and %d requests wait already (routing.max-queue)."
                                        .formatted(place.decision.request().model(), places.size()))
                        .retryAfter(RETRY_AFTER));
            }
            places.add(place);
            waiting = places.size();
            serve();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the slot, or null if the hive has changed and it is time to decide anew} */
    private @Nullable Reservation await(Place place, long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (place.reserved == null && !place.outdated) {
                long left = deadline - ticker.nanos();
                if (left <= 0) {
                    throw new GenieException(new Problem(
                                    ErrorKind.TOO_MANY_REQUESTS,
                                    "queue_full",
                                    "No service of '%s' had a free slot in time (routing.queue-timeout)."
                                            .formatted(place.decision.request().model()))
                            .retryAfter(RETRY_AFTER));
                }
                place.news.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            }
            place.outdated = false;
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

    /** The hive has changed: whoever waits decides anew. */
    void hiveChanged() {
        if (waiting > 0) {
            lock.lock();
            try {
                for (Place place : places) {
                    place.outdated = true;
                    place.news.signal();
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

    private void serve() {
        for (Iterator<Place> each = places.iterator(); each.hasNext(); ) {
            Place place = each.next();
            Reservation reserved = take(place.decision);
            if (reserved != null) {
                place.reserved = reserved;
                each.remove();
                place.news.signal();
            }
        }
        waiting = places.size();
    }

    private @Nullable Reservation take(Decision decision) {
        for (Verdict.Eligible eligible : decision.eligible()) {
            var service = eligible.offer().service();
            if (service.gauge().tryTake(service.concurrency())) {
                return new Reservation(decision, eligible, this);
            }
        }
        return null;
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
