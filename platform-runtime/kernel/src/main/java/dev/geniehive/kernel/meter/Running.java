package dev.geniehive.kernel.meter;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A request that is counted as running until this is closed. Closing twice is harmless. */
public final class Running implements AutoCloseable {
    private final AtomicInteger level;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Running(AtomicInteger level) {
        this.level = level;
    }

    static Running in(AtomicInteger level) {
        level.incrementAndGet();
        return new Running(level);
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            level.decrementAndGet();
        }
    }
}
