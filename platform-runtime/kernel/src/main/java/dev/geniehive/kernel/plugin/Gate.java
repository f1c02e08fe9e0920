package dev.geniehive.kernel.plugin;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts who is inside a plugin, lets nobody in once it is closed, and tells when the last one has left. */
final class Gate {
    /** The sign bit says closed; the bits below count. */
    private static final long CLOSED = Long.MIN_VALUE;

    private final AtomicLong state = new AtomicLong();
    private final CountDownLatch empty = new CountDownLatch(1);

    /** {@return whether the caller is in; then, and only then, it must leave} */
    boolean enter() {
        long now = state.get();
        while (now >= 0) {
            long seen = state.compareAndExchange(now, now + 1);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    void leave() {
        if (state.decrementAndGet() == CLOSED) {
            empty.countDown();
        }
    }

    void close() {
        if (state.getAndUpdate(now -> now | CLOSED) == 0) {
            empty.countDown();
        }
    }

    /** {@return how many are inside} */
    long inside() {
        return state.get() & ~CLOSED;
    }

    /** {@return whether all have left a closed gate within the limit} */
    boolean awaitEmpty(Duration limit) throws InterruptedException {
        return empty.await(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
    }
}
