package dev.geniehive.kernel.http;

import dev.geniehive.kernel.app.Ticker;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** A connection of Helidon's that the watchdog looks at for as long as it lives. */
final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final ServerConnection http1;
    private final Wire wire;
    private final Watchdog watchdog;
    private final Ticker ticker;

    WatchedConnection(ServerConnection http1, Wire wire, Watchdog watchdog, Ticker ticker) {
        this.http1 = http1;
        this.wire = wire;
        this.watchdog = watchdog;
        this.ticker = ticker;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        wire.deadline().guard(Thread.currentThread());
        watchdog.add(wire);
        try {
            ScopedValue.where(Wire.CURRENT, wire).call(() -> handled(limit));
        } finally {
            wire.linger(ticker.nanos() + LINGER.toNanos());
            watchdog.remove(wire);
        }
    }

    private boolean handled(Limit limit) throws InterruptedException {
        http1.handle(limit);
        return true;
    }

    @Override
    public boolean canInterrupt() {
        return !wire.isUpgraded() && http1 instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        http1.close(interrupt);
    }
}
