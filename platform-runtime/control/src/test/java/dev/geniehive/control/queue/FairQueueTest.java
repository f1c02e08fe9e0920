package dev.geniehive.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static final Set<String> A = Set.of("a");
    private static final QueueRules SHARED = new QueueRules("shared", 100, Duration.ofNanos(1000));

    private final FairQueue<String> queue = new FairQueue<>();

    @Test
    void keysTakeTurnsAndEachKeepsItsOrder() {
        for (int i = 1; i <= 3; i++) {
            enter("greedy" + i, "greedy");
        }
        enter("modest1", "modest");
        enter("third1", "third");
        enter("modest2", "modest");

        assertThat(drain()).containsExactly("greedy1", "modest1", "third1", "greedy2", "modest2", "greedy3");
    }

    @Test
    void aKeyThatComesAgainAndAgainDoesNotPassOneThatWaits() {
        enter("greedy1", "greedy");
        enter("greedy2", "greedy");
        enter("greedy3", "greedy");
        List<String> order = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            enter("again" + round, "again");
            order.add(serve());
            order.add(serve());
        }

        assertThat(order)
                .containsExactly("greedy1", "again0", "greedy2", "again1", "greedy3", "again2", "again3", "nobody");
    }

    @Test
    void whoCanUseAServiceThatNobodyElseWaitsForIsNotHeldUp() {
        enter("a", "key", A, Urgency.INTERACTIVE, SHARED);
        Ticket<String> b = enter("b", "key", Set.of("b"), Urgency.INTERACTIVE, SHARED);

        assertThat(queue.next("b", 0)).contains(b);
    }

    @Test
    void priorityGoesBeforeUrgencyAndUrgencyBeforeTurns() {
        QueueRules urgent = new QueueRules("urgent", 10, 9, Duration.ofNanos(1000), List.of(), Optional.empty());
        enter("batch", "key", A, Urgency.BATCH, SHARED);
        enter("person", "key", A, Urgency.INTERACTIVE, SHARED);
        enter("urgent batch", "key", A, Urgency.BATCH, urgent);
        enter("urgent person", "key", A, Urgency.INTERACTIVE, urgent);

        assertThat(drain()).containsExactly("urgent person", "urgent batch", "person", "batch");
    }

    @Test
    void whoIsTooLateGetsNothing() {
        Ticket<String> late = enter("late", "key");
        queue.enter("later", claim("key", Urgency.INTERACTIVE, SHARED), A, 500);

        assertThat(queue.next("a", 999).map(Ticket::who)).contains("late");
        assertThat(queue.next("a", 1000).map(Ticket::who)).contains("later");
        assertThat(late.in()).isFalse();
        assertThat(queue.next("a", 1500)).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aFullQueueLeavesTheOthersAlone() {
        QueueRules small = new QueueRules("small", 1, Duration.ofNanos(1000));
        enter("one", "key", A, Urgency.INTERACTIVE, small);

        assertThat(queue.enter("two", claim("key", Urgency.INTERACTIVE, small), A, 0))
                .isEqualTo(new FairQueue.Entry.Full<>(1));
        enter("other", "key");

        assertThat(queue.depth("small")).isEqualTo(1);
        assertThat(queue.depth("shared")).isEqualTo(1);
    }

    @Test
    void aFullQueueTurnsAwayABatchForAPersonAndTheGreedyForTheModest() {
        QueueRules small = new QueueRules("small", 3, Duration.ofNanos(1000));
        Ticket<String> batch = enter("batch", "greedy", A, Urgency.BATCH, small);
        enter("greedy1", "greedy", A, Urgency.INTERACTIVE, small);
        Ticket<String> last = enter("greedy2", "greedy", A, Urgency.INTERACTIVE, small);

        assertThat(displacedBy("modest1", "modest", small)).contains(batch);
        assertThat(displacedBy("third1", "third", small)).contains(last);
        assertThat(queue.enter("modest2", claim("modest", Urgency.INTERACTIVE, small), A, 0))
                .isInstanceOf(FairQueue.Entry.Full.class);
        assertThat(drain()).containsExactly("greedy1", "modest1", "third1");
    }

    @Test
    void aTurnIsKeptThroughAMove() {
        Ticket<String> first = enter("first", "one");
        enter("second", "two");

        queue.move(first, Set.of("a", "b"));

        assertThat(queue.next("b", 0)).contains(first);
        assertThat(drain()).containsExactly("first", "second");
        queue.move(first, Set.of("c"));
        assertThat(queue.next("c", 0)).isEmpty();
    }

    @Test
    void tellsHowManyGoFirst() {
        enter("greedy1", "greedy");
        enter("greedy2", "greedy");
        Ticket<String> third = enter("greedy3", "greedy");
        Ticket<String> modest = enter("modest1", "modest");
        Ticket<String> elsewhere = enter("elsewhere", "modest", Set.of("b"), Urgency.INTERACTIVE, SHARED);
        Ticket<String> batch = enter("batch", "modest", A, Urgency.BATCH, SHARED);

        assertThat(queue.ahead(modest)).isEqualTo(1);
        assertThat(queue.ahead(third)).isEqualTo(3);
        assertThat(queue.ahead(elsewhere)).isZero();
        assertThat(queue.ahead(batch)).isEqualTo(4);
    }

    private Optional<Ticket<String>> displacedBy(String who, String key, QueueRules rules) {
        return queue.enter(who, claim(key, Urgency.INTERACTIVE, rules), A, 0) instanceof FairQueue.Entry.In<String> in
                ? in.displaced()
                : Optional.empty();
    }

    private Ticket<String> enter(String who, String key) {
        return enter(who, key, A, Urgency.INTERACTIVE, SHARED);
    }

    private Ticket<String> enter(String who, String key, Set<String> uses, Urgency urgency, QueueRules rules) {
        return switch (queue.enter(who, claim(key, urgency, rules), uses, 0)) {
            case FairQueue.Entry.In<String> in -> in.ticket();
            case FairQueue.Entry.Full<String> full -> throw new AssertionError("full with " + full.depth());
        };
    }

    private static Ticket.Claim claim(String key, Urgency urgency, QueueRules rules) {
        return new Ticket.Claim(rules, key, urgency);
    }

    private String serve() {
        Optional<Ticket<String>> next = queue.next("a", 0);
        next.ifPresent(ticket -> queue.served(ticket, "a"));
        return next.map(Ticket::who).orElse("nobody");
    }

    private List<String> drain() {
        List<String> order = new ArrayList<>();
        while (queue.next("a", 0).isPresent()) {
            order.add(serve());
        }
        return order;
    }
}
