package dev.geniehive.it.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What the engine saw. Safe for use by many threads at once. */
final class Journal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Seen> requests = new LinkedHashMap<>();
    private int last;
    private long version;
    private int connections;
    private int mostInFlight;

    int connected() {
        return locked(() -> ++connections);
    }

    int add(int connection, HttpRequest request) {
        return locked(() -> {
            last++;
            Seen seen = new Seen(
                    last,
                    connection,
                    request.method(),
                    request.target(),
                    request.headers(),
                    request.body(),
                    0,
                    OptionalLong.empty(),
                    OptionalLong.empty());
            requests.put(last, seen);
            mostInFlight = Math.max(mostInFlight, inFlightLocked());
            return last;
        });
    }

    void tokens(int id, int tokens) {
        update(
                id,
                s -> new Seen(
                        s.id(),
                        s.connection(),
                        s.method(),
                        s.target(),
                        s.headers(),
                        s.body(),
                        tokens,
                        s.hungUpMs(),
                        s.endedMs()));
    }

    void hungUp(int id, long ms) {
        update(
                id,
                s -> new Seen(
                        s.id(),
                        s.connection(),
                        s.method(),
                        s.target(),
                        s.headers(),
                        s.body(),
                        s.tokens(),
                        OptionalLong.of(ms),
                        s.endedMs()));
    }

    /** Both who watches the client and who works for it may notice first. */
    void hungUpUnlessSeen(int id, long ms) {
        update(
                id,
                s -> s.hungUpMs().isPresent()
                        ? s
                        : new Seen(
                                s.id(),
                                s.connection(),
                                s.method(),
                                s.target(),
                                s.headers(),
                                s.body(),
                                s.tokens(),
                                OptionalLong.of(ms),
                                s.endedMs()));
    }

    void ended(int id, long ms) {
        update(
                id,
                s -> new Seen(
                        s.id(),
                        s.connection(),
                        s.method(),
                        s.target(),
                        s.headers(),
                        s.body(),
                        s.tokens(),
                        s.hungUpMs(),
                        OptionalLong.of(ms)));
    }

    private void update(int id, UnaryOperator<Seen> change) {
        locked(() -> requests.computeIfPresent(id, (key, seen) -> change.apply(seen)));
    }

    List<Seen> all() {
        return locked(() -> List.copyOf(requests.values()));
    }

    int inFlight() {
        return locked(this::inFlightLocked);
    }

    private int inFlightLocked() {
        return (int)
                requests.values().stream().filter(s -> s.endedMs().isEmpty()).count();
    }

    void clear() {
        locked(() -> requests.values().removeIf(s -> s.endedMs().isPresent()));
    }

    /** {@return the first request that is so, as soon as there is one; empty if there is none in time} */
    Optional<Seen> await(Predicate<? super Seen> such, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Seen> found = requests.values().stream()
                        .<Seen>map(s -> s)
                        .filter(such)
                        .findFirst();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return everything, as soon as something changed after that version, or when the time is up} */
    String json(long after, long waitMs) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(waitMs);
        lock.lockInterruptibly();
        try {
            while (version <= after && left > 0) {
                left = changed.awaitNanos(left);
            }
            return "{\"version\":%d,\"in_flight\":%d,\"most_in_flight\":%d,\"connections\":%d,\"requests\":[%s]}"
                    .formatted(
                            version,
                            inFlightLocked(),
                            mostInFlight,
                            connections,
                            String.join(
                                    ",",
                                    requests.values().stream().map(Seen::json).toList()));
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            T result = change.get();
            version++;
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }
}
