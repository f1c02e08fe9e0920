package dev.geniehive.kernel.http;

import dev.geniehive.kernel.app.Ticker;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * By when the thread of a connection must have come out of what it is blocked in. If it has not, the watchdog interrupts
 * it, which closes the socket it reads or writes. Armed by that thread alone; arming costs one volatile write.
 */
final class Deadline {
    private static final long NONE = Long.MAX_VALUE;
    private static final long MISSED = Long.MIN_VALUE;

    private final Ticker ticker;
    private final AtomicLong latest = new AtomicLong(NONE);
    private volatile @Nullable Thread guarded;

    Deadline(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Says whom to interrupt. */
    void guard(Thread thread) {
        guarded = thread;
    }

    void arm(Duration time) {
        armUntil(ticker.nanos() + time.toNanos());
    }

    void armUntil(long moment) {
        latest.set(Math.clamp(moment, MISSED + 1, NONE - 1));
    }

    /** Ends the guard; ends the connection if it came too late. */
    void disarm() {
        if (latest.getAndSet(NONE) == MISSED) {
            throw new CloseConnectionException("the client was too slow");
        }
    }

    /** Interrupts the thread if it is late. Called by the watchdog. */
    void check(long now) {
        long moment = latest.get();
        if (moment == NONE || moment == MISSED || now - moment < 0 || !latest.compareAndSet(moment, MISSED)) {
            return;
        }
        interrupt();
    }

    /** Interrupts the thread, whatever it does. */
    void interrupt() {
        Thread thread = guarded;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
