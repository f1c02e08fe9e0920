package dev.geniehive.kernel.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A node's connections to one control plane: how many stand, which of them are idle, and when the next is dialled.
 *
 * <p>After a failure one dial at a time tries; when all connections went at once, the first try waits a random moment, so
 * that a control plane that has just been started is not run over by all its nodes.
 */
final class Fleet {
    private static final long SETTLE_NANOS = Duration.ofMillis(20).toNanos();

    private final LinkSettings settings;
    private final LinkClient.Parts parts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<NodeLine> lines = new HashSet<>();
    private final ArrayDeque<NodeLine> idle = new ArrayDeque<>();
    private int dialling;
    private int wanted;
    private int failures;
    private long notBefore;
    private long surplusSince;
    private boolean closed;

    Fleet(LinkSettings settings, LinkClient.Parts parts) {
        this.settings = settings;
        this.parts = parts;
        this.notBefore = parts.ticker().nanos();
        this.surplusSince = notBefore;
    }

    /** Waits until a connection is to be dialled. {@return false when there will be no more} */
    boolean awaitDial() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long wait = due(); wait > 0 && !closed; wait = due()) {
                changed.awaitNanos(wait);
            }
            dialling += closed ? 0 : 1;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private long due() {
        return needed() ? notBefore - parts.ticker().nanos() : Long.MAX_VALUE;
    }

    private boolean needed() {
        int atOnce = failures > 0 ? 1 : Integer.MAX_VALUE;
        return dialling < atOnce
                && lines.size() + dialling < settings.maxConnections()
                && idle.size() + dialling < settings.minIdle() + wanted;
    }

    /** Notes that a dial came about. {@return false if that is no longer wanted} */
    boolean up(NodeLine line) {
        lock.lock();
        try {
            dialling--;
            wanted = Math.max(0, wanted - 1);
            failures = 0;
            notBefore = parts.ticker().nanos();
            if (!closed) {
                lines.add(line);
                idle.addLast(line);
            }
            changed.signalAll();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a dial came to nothing. */
    void failed() {
        lock.lock();
        try {
            dialling--;
            wanted = 0;
            failures++;
            long most = settings.redialFirst().toNanos() << Math.min(failures - 1, 20);
            delay(Math.clamp(
                    most,
                    settings.redialFirst().toNanos(),
                    settings.redialLast().toNanos()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Full jitter. Under the lock, since not every generator can be used by many threads. */
    private void delay(long most) {
        notBefore = parts.ticker().nanos() + parts.random().nextLong(most) + 1;
    }

    /** Notes that a connection carries a request now, and how many more wait for one. */
    void busy(NodeLine line, int waiting) {
        lock.lock();
        try {
            idle.remove(line);
            wanted = Math.max(wanted, Math.min(waiting, settings.maxConnections()));
            if (needed()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void idle(NodeLine line) {
        lock.lock();
        try {
            if (lines.contains(line)) {
                idle.addLast(line);
            }
        } finally {
            lock.unlock();
        }
    }

    void lost(NodeLine line) {
        lock.lock();
        try {
            lines.remove(line);
            idle.remove(line);
            if (lines.isEmpty()) {
                delay(Math.min(
                        5 * settings.redialFirst().toNanos(),
                        settings.redialLast().toNanos()));
            } else if (failures == 0) {
                notBefore = parts.ticker().nanos() + SETTLE_NANOS;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks the control plane to close what has been idle beyond need for long; the node could cut off a request. */
    void shrink() {
        long now = parts.ticker().nanos();
        List<NodeLine> surplus = new ArrayList<>();
        lock.lock();
        try {
            if (idle.size() <= settings.minIdle()) {
                surplusSince = now;
            } else if (now - surplusSince > settings.shrinkAfter().toNanos()) {
                surplusSince = now;
                idle.stream().limit(idle.size() - settings.minIdle()).forEach(surplus::add);
            }
        } finally {
            lock.unlock();
        }
        surplus.forEach(line -> line.line().signal(FrameType.NUDGE));
    }

    int size() {
        lock.lock();
        try {
            return lines.size();
        } finally {
            lock.unlock();
        }
    }

    /** Wants no connections any more. {@return those that stand} */
    List<NodeLine> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }
}
