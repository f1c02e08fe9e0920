package dev.geniehive.kernel.http;

import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all connections many times a second: ends those that missed a deadline, and has clients watched whose
 * requests take long. One thread for all; it naps while no request runs, and sleeps while there are no connections.
 */
final class Watchdog {
    private static final long LONGEST_TICK = Duration.ofMillis(25).toNanos();
    private static final long SHORTEST_TICK = Duration.ofMillis(5).toNanos();

    /** Between requests there are deadlines only, and none of them needs to be kept to the moment. */
    private static final long LONGEST_NAP = Duration.ofSeconds(1).toNanos();

    private final Ticker ticker;
    private final long tick;
    private final long nap;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private volatile boolean running = true;
    private volatile boolean napping;
    private volatile boolean draining;
    private volatile long stopAt;
    private volatile @Nullable Thread thread;

    Watchdog(EdgeTimeouts timeouts, Ticker ticker) {
        this.ticker = ticker;
        Duration shortest = Stream.of(timeouts.write(), timeouts.head(), timeouts.body(), timeouts.idle())
                .reduce((a, b) -> a.compareTo(b) < 0 ? a : b)
                .orElseThrow();
        this.tick = Math.clamp(shortest.toNanos() / 8, SHORTEST_TICK, LONGEST_TICK);
        this.nap = Math.clamp(shortest.toNanos() / 8, SHORTEST_TICK, LONGEST_NAP);
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name("edge watchdog").start(this::watch);
    }

    void stop() {
        running = false;
        LockSupport.unpark(thread);
    }

    void add(Wire wire) {
        wires.add(wire);
        LockSupport.unpark(thread);
    }

    /** Says that a request begins, on any thread. Costs next to nothing while the watchdog is awake. */
    void stir() {
        if (napping) {
            LockSupport.unpark(thread);
        }
    }

    void remove(Wire wire) {
        wires.remove(wire);
    }

    /**
     * From now on, ends connections that speak another protocol as soon as there are no others.
     *
     * @param atMost after which running requests are told to end
     */
    void drain(Duration atMost) {
        if (!draining) {
            stopAt = ticker.nanos() + atMost.toNanos();
            draining = true;
        }
        LockSupport.unpark(thread);
    }

    /** Interrupts the threads of all connections. */
    void cutAll() {
        wires.forEach(wire -> wire.deadline().interrupt());
    }

    private void watch() {
        while (running) {
            if (wires.isEmpty()) {
                LockSupport.park(this);
            } else if (isNeeded()) {
                LockSupport.parkNanos(this, tick);
            } else {
                nap();
            }
            look(ticker.nanos());
        }
    }

    /** Looks twice, since a request that began in between saw nobody nap. */
    private void nap() {
        napping = true;
        if (!isNeeded()) {
            LockSupport.parkNanos(this, nap);
        }
        napping = false;
    }

    private boolean isNeeded() {
        if (draining) {
            return true;
        }
        for (Wire wire : wires) {
            if (wire.needsWatching()) {
                return true;
            }
        }
        return false;
    }

    private void look(long now) {
        for (Wire wire : wires) {
            wire.deadline().check(now);
            wire.watchIfBusySince(now - LONGEST_TICK);
            wire.remindIfDue(now);
        }
        if (draining) {
            lookWhileDraining(now);
        }
    }

    private void lookWhileDraining(long now) {
        if (wires.stream().allMatch(Wire::isUpgraded)) {
            wires.forEach(Wire::closeUpgraded);
        } else if (now - stopAt >= 0) {
            wires.stream()
                    .filter(wire -> !wire.isUpgraded() && !wire.isStopping())
                    .forEach(Wire::stop);
        }
    }
}
