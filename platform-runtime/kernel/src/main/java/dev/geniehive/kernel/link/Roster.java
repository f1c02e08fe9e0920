package dev.geniehive.kernel.link;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which connections each node has here, and who waits for one. The one that was used last is taken first, so that those
 * too many grow old; who waits longest is served first.
 */
final class Roster {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Node> nodes = new HashMap<>();
    private boolean closed;

    /** A node that has connections here, or for whose connections somebody waits. Fields belong to the lock. */
    static final class Node {
        private final String id;
        private final AtomicLong heardAt = new AtomicLong();
        private final AtomicLong toldAt = new AtomicLong();
        private final Set<HubLine> lines = new HashSet<>();
        private final ArrayDeque<HubLine> idle = new ArrayDeque<>();
        private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
        private int entered;

        private Node(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        /** Notes that bytes came. {@return whether the last time that somebody was told is long ago} */
        boolean heard(long now, long pauseNanos) {
            heardAt.set(now);
            long told = toldAt.get();
            return (told == 0 || now - told >= pauseNanos) && toldAt.compareAndSet(told, now | 1);
        }
    }

    private static final class Waiter {
        private final Condition served;
        private @Nullable HubLine given;

        private Waiter(Condition served) {
            this.served = served;
        }
    }

    /**
     * A connection for one exchange, or none.
     *
     * @param line null if none became free in time
     * @param waiting how many others wait for one
     * @param connections how many the node has, idle and busy; -1 if the roster is closed
     */
    record Taken(@Nullable HubLine line, int waiting, int connections) {}

    /** {@return the node, which stays known until {@link #leave}} */
    Node enter(String id) {
        lock.lock();
        try {
            Node node = nodes.computeIfAbsent(id, Node::new);
            node.entered++;
            return node;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether it was let in} */
    boolean join(HubLine line) {
        lock.lock();
        try {
            Node node = line.node();
            if (closed) {
                return false;
            }
            node.lines.add(line);
            rest(node, line);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(HubLine line) {
        lock.lock();
        try {
            Node node = line.node();
            node.lines.remove(line);
            node.idle.remove(line);
            node.entered--;
            forgetIfUnused(node);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a connection back. */
    void idle(HubLine line) {
        boolean close;
        lock.lock();
        try {
            close = line.isRetired();
            if (!close && line.isOpen()) {
                rest(line.node(), line);
            }
        } finally {
            lock.unlock();
        }
        if (close) {
            line.close("its node wanted it closed");
        }
    }

    /** Under the lock. */
    private static void rest(Node node, HubLine line) {
        Waiter first = node.waiters.poll();
        if (first == null) {
            node.idle.addLast(line);
        } else {
            first.given = line;
            first.served.signal();
        }
    }

    /** Gives out a connection no more. One that is busy is closed when it has come back. */
    void retire(HubLine line) {
        boolean wasIdle;
        lock.lock();
        try {
            wasIdle = line.node().idle.remove(line);
        } finally {
            lock.unlock();
        }
        if (wasIdle) {
            line.close("its node wanted it closed");
        }
    }

    Taken take(String id, long waitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Node node = nodes.computeIfAbsent(id, Node::new);
            try {
                HubLine line = closed ? null : freshest(node);
                return taken(node, line != null || closed ? line : await(node, waitNanos));
            } finally {
                forgetIfUnused(node);
            }
        } finally {
            lock.unlock();
        }
    }

    private Taken taken(Node node, @Nullable HubLine line) {
        return new Taken(line, node.waiters.size(), closed ? -1 : node.lines.size());
    }

    private static @Nullable HubLine freshest(Node node) {
        HubLine line = node.idle.pollLast();
        while (line != null && !line.isOpen()) {
            line = node.idle.pollLast();
        }
        return line;
    }

    private @Nullable HubLine await(Node node, long waitNanos) throws InterruptedException {
        Waiter waiter = new Waiter(lock.newCondition());
        node.waiters.addLast(waiter);
        boolean settled = false;
        try {
            for (long left = waitNanos; waiter.given == null && left > 0 && !closed; ) {
                left = waiter.served.awaitNanos(left);
            }
            settled = true;
            return waiter.given;
        } finally {
            node.waiters.remove(waiter);
            HubLine given = waiter.given;
            if (!settled && given != null) {
                rest(node, given);
            }
        }
    }

    private void forgetIfUnused(Node node) {
        if (node.entered == 0 && node.waiters.isEmpty()) {
            nodes.remove(node.id, node);
        }
    }

    /** {@return an idle connection of a node, which stays in its place; null if there is none} */
    @Nullable
    HubLine anyIdle(String id) {
        lock.lock();
        try {
            Node node = nodes.get(id);
            return node == null ? null : node.idle.peekLast();
        } finally {
            lock.unlock();
        }
    }

    List<HubLine> lines(String id) {
        lock.lock();
        try {
            Node node = nodes.get(id);
            return node == null ? List.of() : List.copyOf(node.lines);
        } finally {
            lock.unlock();
        }
    }

    OptionalLong heardAt(String id) {
        lock.lock();
        try {
            Node node = nodes.get(id);
            return node == null || node.lines.isEmpty() ? OptionalLong.empty() : OptionalLong.of(node.heardAt.get());
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more, and frees who waits. {@return all connections} */
    List<HubLine> close() {
        lock.lock();
        try {
            closed = true;
            nodes.values().forEach(node -> node.waiters.forEach(waiter -> waiter.served.signal()));
            return nodes.values().stream().flatMap(node -> node.lines.stream()).toList();
        } finally {
            lock.unlock();
        }
    }
}
