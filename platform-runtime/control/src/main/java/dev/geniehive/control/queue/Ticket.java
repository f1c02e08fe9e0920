package dev.geniehive.control.queue;

import dev.geniehive.api.model.Urgency;
import java.util.Set;

/**
 * A place in a queue.
 *
 * @param <T> what waits
 */
public final class Ticket<T> {
    private final T who;
    private final Claim claim;
    private final long number;
    private final long enteredAt;
    private final long deadline;
    private Set<String> uses;
    private boolean in = true;

    /**
     * On whose behalf something waits, and by which rules.
     *
     * @param queue the rules of its queue
     * @param key whose key it is; keys take turns
     * @param urgency whether somebody sits and waits for the answer
     */
    public record Claim(QueueRules queue, String key, Urgency urgency) {
        Flow.Id flow() {
            return new Flow.Id(queue.name(), key);
        }
    }

    Ticket(T who, Claim claim, long number, long enteredAt, Set<String> uses) {
        this.who = who;
        this.claim = claim;
        this.number = number;
        this.enteredAt = enteredAt;
        this.deadline = enteredAt + claim.queue().deadline().toNanos();
        this.uses = Set.copyOf(uses);
    }

    public T who() {
        return who;
    }

    public Claim claim() {
        return claim;
    }

    /** {@return when it entered, by the ticker} */
    public long enteredAt() {
        return enteredAt;
    }

    /** {@return from when on it gets nothing any more, by the ticker} */
    public long deadline() {
        return deadline;
    }

    /** {@return whether it still stands in the queue} */
    public boolean in() {
        return in;
    }

    /** {@return its place in the order of arrival} */
    long number() {
        return number;
    }

    /** {@return the services that it can use} */
    Set<String> uses() {
        return uses;
    }

    void use(Set<String> others) {
        uses = Set.copyOf(others);
    }

    void out() {
        in = false;
    }

    boolean expired(long now) {
        return now - deadline >= 0;
    }
}
