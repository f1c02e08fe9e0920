package dev.geniehive.control.hive;

import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes a service out of the first row that fails request after request although it says it is well: it is asked only
 * where nobody else can be. After a while it is tried again; if that fails too, the while doubles.
 */
public final class Breaker {
    /** So many failures in a row trip it. */
    private static final int FAILURES = 3;

    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private int failuresInARow;
    private long restNanos;
    private long restsSince;
    private volatile boolean tripped;

    Breaker(Ticker ticker) {
        this.ticker = ticker;
    }

    /** {@return whether the service rests} */
    public boolean isOpen() {
        return tripped && restLeft().isPositive();
    }

    /** {@return for how long the service will rest; zero if it does not} */
    public Duration restLeft() {
        if (!tripped) {
            return Duration.ZERO;
        }
        lock.lock();
        try {
            long left = tripped ? restNanos - (ticker.nanos() - restsSince) : 0;
            return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    /** The service answered. */
    public void succeeded() {
        lock.lock();
        try {
            failuresInARow = 0;
            restNanos = 0;
            tripped = false;
        } finally {
            lock.unlock();
        }
    }

    /** The service was asked and did not answer. What fails while it rests does not lengthen the rest. */
    public void failed() {
        lock.lock();
        try {
            failuresInARow++;
            boolean resting = tripped && ticker.nanos() - restsSince < restNanos;
            if (failuresInARow >= FAILURES && !resting) {
                restNanos = restNanos == 0 ? FIRST_REST.toNanos() : Math.min(2 * restNanos, LONGEST_REST.toNanos());
                restsSince = ticker.nanos();
                tripped = true;
            }
        } finally {
            lock.unlock();
        }
    }
}
