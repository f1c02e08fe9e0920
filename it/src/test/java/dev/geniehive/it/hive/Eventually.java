package dev.geniehive.it.hive;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Looks at what only tells when it is asked, until it is as it should be. */
final class Eventually {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Eventually() {}

    /**
     * {@return the first look that is so}
     *
     * @throws AssertionError if there is none in that time; says what was seen last
     */
    static <T> T see(int seconds, Callable<T> look, Predicate<? super T> such) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            T seen = look.call();
            if (such.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within %d s; at last it was: %s".formatted(seconds, seen));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
