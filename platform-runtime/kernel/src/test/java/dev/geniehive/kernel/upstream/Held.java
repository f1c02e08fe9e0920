package dev.geniehive.kernel.upstream;

import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. */
final class Held implements Ticker {
    private final AtomicLong now = new AtomicLong(1_000_000_000);

    @Override
    public long nanos() {
        return now.get();
    }

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
