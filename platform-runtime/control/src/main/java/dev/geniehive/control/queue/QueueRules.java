package dev.geniehive.control.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one queue.
 *
 * @param name letters, digits and dashes
 * @param priority queues with a higher one are served first
 * @param maxDepth how many may wait in it, 0 to 100,000
 * @param deadline how long one may wait in it
 * @param hosts the ids of hosts that serve it besides those that say so themselves
 * @param overflowAfter after how long a wait services may be used that are for overflow only; empty: never
 */
public record QueueRules(
        String name,
        int priority,
        int maxDepth,
        Duration deadline,
        List<String> hosts,
        Optional<Duration> overflowAfter) {
    public QueueRules {
        hosts = List.copyOf(hosts);
    }

    /** A queue like any other. */
    public QueueRules(String name, int maxDepth, Duration deadline) {
        this(name, 0, maxDepth, deadline, List.of(), Optional.empty());
    }

    /** {@return the same queue for a request that has a rule of its own about overflow; empty: the queue's holds} */
    public QueueRules overflowingAfter(Optional<Duration> own) {
        return own.isEmpty() ? this : new QueueRules(name, priority, maxDepth, deadline, hosts, own);
    }
}
