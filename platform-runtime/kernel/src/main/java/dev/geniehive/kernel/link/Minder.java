package dev.geniehive.kernel.link;

import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Looks at all connections of one end about once a second, on one thread that never blocks. */
final class Minder implements AutoCloseable {
    /** A connection, and who waits for something on it. */
    @FunctionalInterface
    interface Minded {
        /** Called now and then, on the minder's thread; must not block. */
        void check(long now, LinkSettings settings);
    }

    private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long SHORTEST_NANOS = Duration.ofMillis(5).toNanos();

    private final Set<Minded> lines = ConcurrentHashMap.newKeySet();
    private final LinkSettings settings;
    private final Ticker ticker;
    private final Runnable also;
    private final long period;
    private final Thread thread;
    private volatile boolean closed;

    /** @param also done each time */
    Minder(String name, LinkSettings settings, Ticker ticker, Runnable also) {
        this.settings = settings;
        this.ticker = ticker;
        this.also = also;
        long shortest = Stream.of(settings.pingAfter(), settings.deadAfter(), settings.shrinkAfter())
                .mapToLong(Duration::toNanos)
                .min()
                .orElse(LONGEST_NANOS);
        this.period = Math.clamp(shortest / 4, SHORTEST_NANOS, LONGEST_NANOS);
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::mind);
    }

    void start() {
        thread.start();
    }

    private void mind() {
        while (!closed) {
            if (lines.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, period);
            }
            long now = ticker.nanos();
            lines.forEach(line -> line.check(now, settings));
            also.run();
        }
    }

    void add(Minded line) {
        lines.add(line);
        LockSupport.unpark(thread);
    }

    void remove(Minded line) {
        lines.remove(line);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
