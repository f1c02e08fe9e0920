package dev.geniehive.agent.report;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes one thread that rests, from any other. What happened while it did not rest wakes it too. */
final class Alarm {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean stirred;
    private boolean nudged;

    /** Something may have changed: whoever rests looks for itself whether that matters. */
    void stir() {
        ring(false);
    }

    /** A heartbeat is wanted now. */
    void nudge() {
        ring(true);
    }

    /** {@return whether somebody nudged; returns early when anything happened} */
    boolean rest(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!stirred && left > 0) {
                left = rung.awaitNanos(left);
            }
            boolean wanted = nudged;
            stirred = false;
            nudged = false;
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private void ring(boolean wanted) {
        lock.lock();
        try {
            stirred = true;
            nudged |= wanted;
            rung.signal();
        } finally {
            lock.unlock();
        }
    }
}
