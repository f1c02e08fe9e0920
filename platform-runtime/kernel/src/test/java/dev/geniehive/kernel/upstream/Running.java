package dev.geniehive.kernel.upstream;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** What another thread does, and what became of it. */
final class Running {
    private final AtomicReference<Object> result = new AtomicReference<>();
    private final Thread thread;

    private Running(Thread.Builder builder, Callable<?> work) {
        thread = builder.start(() -> {
            try {
                result.set(work.call());
            } catch (Exception e) {
                result.set(e);
            }
        });
    }

    static Running virtual(Callable<?> work) {
        return new Running(Thread.ofVirtual(), work);
    }

    static Running platform(Callable<?> work) {
        return new Running(Thread.ofPlatform(), work);
    }

    Thread thread() {
        return thread;
    }

    void awaitBlocked() {
        Waiting.untilBlocked(thread);
    }

    /** {@return what it returned, or the exception that it threw} */
    Object result() throws InterruptedException {
        if (!thread.join(Duration.ofSeconds(5))) {
            throw new AssertionError("still runs after 5 s: " + thread);
        }
        return result.get();
    }
}
