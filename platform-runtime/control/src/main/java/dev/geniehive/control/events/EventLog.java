package dev.geniehive.control.events;

import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last events of the hive, in memory. Safe for use by many threads at once. */
public final class EventLog {
    /** So many are kept. */
    static final int KEPT = 1000;

    private final Hive hive;
    private final InstantSource clock;
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Deque<Event> events = new ArrayDeque<>();
    private HiveSnapshot seen;
    private long last;
    private boolean closed;

    /** Watches a hive from now on. */
    public EventLog(Hive hive, InstantSource clock) {
        this.hive = hive;
        this.clock = clock;
        this.name = Long.toString(clock.millis(), Character.MAX_RADIX);
        this.seen = hive.snapshot();
        hive.onChange(this::look);
    }

    /**
     * What somebody gets who saw the events up to a certain one.
     *
     * @param events those after it, in order; none if none came in time
     * @param missed how many there were between that are not kept any more
     * @param closed whether there will be none any more
     */
    record News(List<Event> events, long missed, boolean closed) {}

    /** {@return the number of the last event} */
    long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the number of the event with this id; -1 if it is not of this log, for example from before a restart} */
    long number(String id) {
        String prefix = name + "-";
        if (!id.startsWith(prefix) || !id.substring(prefix.length()).matches("[0-9]{1,18}")) {
            return -1;
        }
        long number = Long.parseLong(id.substring(prefix.length()));
        return number <= last() ? number : -1;
    }

    /** {@return what came after an event, waiting for it at most so long} */
    News after(long number, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (last <= number && !closed && left > 0) {
                left = added.awaitNanos(left);
            }
            List<Event> news =
                    events.stream().filter(event -> event.number() > number).toList();
            return new News(news, last - number - news.size(), closed);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        lock.lock();
        try {
            HiveSnapshot now = hive.snapshot();
            if (now.version() <= seen.version()) {
                return;
            }
            Changes.between(seen, now).forEach(this::add);
            seen = now;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of something that is no change of the hive. */
    public void tell(String kind, String subject, String message) {
        lock.lock();
        try {
            add(new Change(kind, subject, message));
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(Change change) {
        last++;
        events.add(new Event(name + "-" + last, last, clock.instant(), change));
        if (events.size() > KEPT) {
            events.remove();
        }
    }
}
