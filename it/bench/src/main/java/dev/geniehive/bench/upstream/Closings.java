package dev.geniehive.bench.upstream;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** When which stream was hung up on. */
final class Closings {
    private static final long PATIENCE_SECONDS = 10;

    private final Map<Long, CompletableFuture<Long>> times = new ConcurrentHashMap<>();

    void closed(long id, long nanos) {
        of(id).complete(nanos);
    }

    /** {@return when it was closed; waits for it, but not for long} */
    OptionalLong await(long id) throws InterruptedException {
        try {
            return OptionalLong.of(of(id).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException open) {
            return OptionalLong.empty();
        } finally {
            times.remove(id);
        }
    }

    private CompletableFuture<Long> of(long id) {
        return times.computeIfAbsent(id, one -> new CompletableFuture<>());
    }
}
