package dev.geniehive.kernel.body;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that many share. Safe for use by many threads at once. */
final class Budget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    Budget(long limit) {
        this.limit = limit;
    }

    /** {@return whether there was room; if not, nothing was taken} */
    boolean take(long bytes) {
        for (long now = used.get(); bytes <= limit - now; now = used.get()) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
        return false;
    }

    void give(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
