package dev.geniehive.agent.link;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many requests a service works on, against a limit that may change from one request to the next. */
final class Seats {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private int taken;

    /**
     * Takes a seat, and waits for one if none is free.
     *
     * @param limit how many may be taken, at least 1
     * @return whether there was one in time
     */
    boolean take(int limit, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (taken >= limit && left > 0) {
                left = given.awaitNanos(left);
            }
            if (taken >= limit) {
                return false;
            }
            taken++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a seat back. */
    void give() {
        lock.lock();
        try {
            taken--;
            given.signal();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many are taken} */
    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
