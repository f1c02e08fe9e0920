package dev.geniehive.kernel.upstream;

import dev.geniehive.kernel.app.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one endpoint: how many live, and which of them are idle. The one that was used last is taken
 * first, so that those too many grow old.
 */
final class Pool {
    private final PoolSettings settings;
    private final Ticker ticker;
    private final Watchdog watchdog;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private int live;
    private boolean retired;

    Pool(PoolSettings settings, Ticker ticker, Watchdog watchdog) {
        this.settings = settings;
        this.ticker = ticker;
        this.watchdog = watchdog;
    }

    /**
     * {@return an idle connection that is still good, or null: then a place for a new one has been taken, which ends
     * in {@link #opened} or {@link #giveUp}}
     *
     * @param limit no place is taken while so many live
     * @throws TimeoutException if nothing became free in time
     */
    @Nullable
    Connection take(int limit, long waitNanos) throws InterruptedException, TimeoutException {
        for (; ; ) {
            Connection connection = reserve(limit, waitNanos);
            if (connection == null) {
                return null;
            }
            if (!connection.expired(ticker.nanos()) && !connection.stale()) {
                return connection;
            }
            discard(connection);
        }
    }

    private @Nullable Connection reserve(int limit, long waitNanos) throws InterruptedException, TimeoutException {
        long left = waitNanos;
        lock.lockInterruptibly();
        try {
            while (idle.isEmpty() && live >= limit) {
                if (left <= 0) {
                    throw new TimeoutException();
                }
                left = freed.awaitNanos(left);
            }
            if (idle.isEmpty()) {
                live++;
            }
            return idle.pollLast();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the place that was taken is now a connection. */
    void opened(Connection connection) {
        watchdog.add(connection);
    }

    /** Gives back a place on which no connection came about. */
    void giveUp() {
        lock.lock();
        try {
            live--;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a connection that can carry another request, for at most so long. */
    void release(Connection connection, long keepNanos) {
        connection.rest(
                ticker.nanos() + Math.min(keepNanos, settings.maxIdleTime().toNanos()));
        lock.lock();
        try {
            if (!retired && idle.size() < settings.maxIdle()) {
                idle.addLast(connection);
                freed.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        discard(connection);
    }

    /** Takes back a connection that has done its last. */
    void discard(Connection connection) {
        watchdog.remove(connection);
        connection.close();
        giveUp();
    }

    /** Closes a broken connection, keeps its place for a new one, and trusts none of the idle ones any more. */
    void replace(Connection connection) {
        watchdog.remove(connection);
        connection.close();
        drop(true, 0);
    }

    /** Closes what has been idle for too long. */
    void prune() {
        drop(false, ticker.nanos());
    }

    /** Keeps no connection from now on. Those in use work on to their end. */
    void retire() {
        lock.lock();
        try {
            retired = true;
        } finally {
            lock.unlock();
        }
        drop(true, 0);
    }

    private void drop(boolean all, long now) {
        List<Connection> dropped = new ArrayList<>();
        lock.lock();
        try {
            for (Connection connection : idle) {
                if (all || connection.expired(now)) {
                    dropped.add(connection);
                }
            }
            idle.removeAll(dropped);
        } finally {
            lock.unlock();
        }
        dropped.forEach(this::discard);
    }

    PoolState state(Endpoint endpoint) {
        lock.lock();
        try {
            return new PoolState(endpoint, live, idle.size());
        } finally {
            lock.unlock();
        }
    }
}
