package dev.geniehive.kernel.plugin;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs something on a fresh virtual thread and gives up on it in time.
 *
 * <p>Fresh, so that nothing a plugin leaves in a thread outlives the call. What runs over is interrupted; its body
 * always runs to its own end, so a {@code finally} in it can be relied on.
 */
final class Deadline {
    private Deadline() {}

    static <R extends @Nullable Object> R run(Duration limit, String name, Callable<R> body)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<R> done = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name(name).start(() -> complete(done, body));
        try {
            return done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException | TimeoutException e) {
            thread.interrupt();
            throw e;
        } catch (CancellationException e) { // the body's own; nobody cancels the future
            throw new ExecutionException(e);
        }
    }

    private static <R extends @Nullable Object> void complete(CompletableFuture<R> done, Callable<R> body) {
        try {
            done.complete(body.call());
        } catch (Throwable e) { // also a LinkageError must reach the one who waits
            done.completeExceptionally(e);
        }
    }

    /** {@return a time as people write it, for example {@code 10s}} */
    static String readable(Duration limit) {
        return limit.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
