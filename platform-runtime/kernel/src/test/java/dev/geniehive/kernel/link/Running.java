package dev.geniehive.kernel.link;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What another thread does, and what became of it. */
final class Running {
    private final AtomicReference<Object> result = new AtomicReference<>();
    private final Thread thread;

    Running(Callable<?> work) {
        thread = Thread.ofVirtual().start(() -> {
            try {
                result.set(work.call());
            } catch (Exception e) {
                result.set(e);
            }
        });
    }

    void interrupt() {
        thread.interrupt();
    }

    /** {@return what it returned, or the exception that it threw} */
    Object result() throws InterruptedException {
        if (!thread.join(Duration.ofSeconds(5))) {
            throw new AssertionError("still runs after 5 s: " + thread);
        }
        return result.get();
    }

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within 10 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
