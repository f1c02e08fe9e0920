package dev.geniehive.control.gateway;

import dev.geniehive.kernel.app.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many second tries all requests together may cause: one for every five requests, and one a second. So a fleet that
 * fails as a whole is not asked several times as often by its own gateway.
 */
final class RetryBudget {
    private static final double PER_REQUEST = 0.2;
    private static final double PER_SECOND = 1;
    private static final double MOST = 20;

    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private double saved = MOST;
    private long countedAt;

    RetryBudget(Ticker ticker) {
        this.ticker = ticker;
        this.countedAt = ticker.nanos();
    }

    /** A request came. */
    void request() {
        lock.lock();
        try {
            saved = Math.min(MOST, saved + PER_REQUEST);
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether a request may be tried once more; if so, that is spent} */
    boolean spend() {
        lock.lock();
        try {
            long now = ticker.nanos();
            saved = Math.min(MOST, saved + PER_SECOND * (now - countedAt) / TimeUnit.SECONDS.toNanos(1));
            countedAt = now;
            if (saved < 1) {
                return false;
            }
            saved -= 1;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
