package dev.geniehive.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls something on a thread that is interrupted. */
final class Interrupting {
    private Interrupting() {}

    /** {@return what was thrown when it was interrupted at once, null if nothing was} */
    static @Nullable Throwable call(Callable<?> what) throws Exception {
        return call(what, () -> true);
    }

    /** {@return what was thrown when it was interrupted as soon as it was so far, null if nothing was} */
    static @Nullable Throwable call(Callable<?> what, Callable<Boolean> farEnough) throws Exception {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().unstarted(() -> {
            try {
                what.call();
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        caller.start();
        if (!farEnough.call()) {
            return new AssertionError("did not wait for its upstream");
        }
        caller.interrupt();
        if (!caller.join(Duration.ofSeconds(5))) {
            return new AssertionError("still running 5 s after the interrupt");
        }
        return thrown.get();
    }
}
