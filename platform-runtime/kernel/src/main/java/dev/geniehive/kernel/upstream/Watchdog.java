package dev.geniehive.kernel.upstream;

import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.app.Ticker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at all connections a few times a second, on one thread: kills those whose write is stuck, and has idle ones
 * pruned. Looks once a second while nobody reads or writes, and sleeps while there are no connections.
 */
final class Watchdog implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** No longer than the shortest read that is minded here: so one that begins meanwhile is seen before it is over. */
    private static final long IDLE_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private final Runnable prune;
    private final Thread thread;
    private volatile boolean closed;

    /** @param prune closes what has been idle for too long */
    Watchdog(Ticker ticker, Runnable prune) {
        this.ticker = ticker;
        this.prune = prune;
        this.thread = Thread.ofPlatform().daemon().name("upstream-watchdog").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        boolean busy = false;
        while (!closed) {
            if (connections.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, busy ? PERIOD_NANOS : IDLE_PERIOD_NANOS);
            }
            busy = look(ticker.nanos());
            prune.run();
        }
    }

    /** {@return whether somebody reads or writes} */
    private boolean look(long now) {
        boolean busy = false;
        for (Connection connection : connections) {
            busy |= connection.check(now);
        }
        return busy;
    }

    void add(Connection connection) {
        connections.add(connection);
        LockSupport.unpark(thread);
        if (closed) {
            connection.kill(Failure.CANCELLED);
        }
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    /** Kills all connections that live, and those that are added later. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        connections.forEach(connection -> connection.kill(Failure.CANCELLED));
    }
}
