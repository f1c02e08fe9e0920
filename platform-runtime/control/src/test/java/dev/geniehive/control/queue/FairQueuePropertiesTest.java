package dev.geniehive.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever comes, in whatever order; each repetition is another seed. */
class FairQueuePropertiesTest {
    private static final List<QueueRules> QUEUES = List.of(
            new QueueRules("shared", 40, Duration.ofNanos(400)),
            new QueueRules("review", 10, 15, Duration.ofNanos(150), List.of(), Optional.empty()),
            new QueueRules("night", -5, 30, Duration.ofNanos(2000), List.of(), Optional.empty()));
    private static final List<String> SERVICES = List.of("a", "b", "c");
    private static final List<String> KEYS = List.of("k1", "k2", "k3", "k4");

    private final FairQueue<Integer> queue = new FairQueue<>();
    private final Map<Integer, Ticket<Integer>> waiting = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private long now;

    @RepeatedTest(20)
    void theOrderIsKeptTheDepthIsBoundedAndEverybodyEndsOnce(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        for (int who = 0; who < 1000; who++) {
            now += random.nextInt(20);
            switch (random.nextInt(5)) {
                case 0, 1, 2 -> enter(who, random);
                case 3 -> serve(SERVICES.get(random.nextInt(SERVICES.size())));
                default -> disturb(random);
            }
            for (QueueRules rules : QUEUES) {
                assertThat(queue.depth(rules.name())).isLessThanOrEqualTo(rules.maxDepth());
            }
        }
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            SERVICES.forEach(this::serve);
            assertThat(waiting).hasSizeLessThan(before);
        }
        assertThat(queue.size()).isZero();
        assertThat(queue.queues()).isEmpty();
    }

    @RepeatedTest(12)
    void nobodyWaitsLongerThanOneRoundOfTheKeys(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        QueueRules patient = new QueueRules("shared", 100_000, Duration.ofDays(1));
        Map<String, Integer> missed = new HashMap<>();
        for (int round = 0; round < 1500; round++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                String key = random.nextInt(4) > 0 ? "greedy" : KEYS.get(random.nextInt(KEYS.size()));
                waits(queue.enter(round, claim(patient, key, Urgency.INTERACTIVE), uses(random), now));
            }
            String service = SERVICES.get(random.nextInt(SERVICES.size()));
            Optional<Ticket<Integer>> next = queue.next(service, now);
            if (next.isPresent()) {
                String served = next.get().claim().key();
                for (String key : keysWaitingFor(service, patient)) {
                    int turns = key.equals(served) ? 0 : missed.merge(service + key, 1, Integer::sum);
                    assertThat(turns).as("%s at %s", key, service).isLessThanOrEqualTo(KEYS.size() + 1);
                }
                missed.put(service + served, 0);
                queue.served(next.get(), service);
                missed.keySet()
                        .removeIf(at ->
                                !keysWaitingFor(at.substring(0, 1), patient).contains(at.substring(1)));
            }
        }
    }

    @Test
    void aKeyWithFiveHundredWaitingCostsAnotherOnePlaceEach() {
        QueueRules rules = new QueueRules("shared", 1000, Duration.ofDays(1));
        for (int i = 0; i < 500; i++) {
            waits(queue.enter(i, claim(rules, "greedy", Urgency.INTERACTIVE), Set.of("a"), 0));
        }
        for (int i = 500; i < 510; i++) {
            waits(queue.enter(i, claim(rules, "modest", Urgency.INTERACTIVE), Set.of("a"), 0));
        }

        int turns = 0;
        int modest = 0;
        while (modest < 10) {
            Ticket<Integer> next = queue.next("a", 0).orElseThrow();
            queue.served(next, "a");
            modest += next.claim().key().equals("modest") ? 1 : 0;
            turns++;
        }

        assertThat(turns).isEqualTo(20);
    }

    /** So much more than what is measured (about 1 µs) that only a walk over all who wait can take it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 10_000})
    void aFreeSlotCostsTheSameHoweverManyWait(int keys) {
        QueueRules rules = new QueueRules("shared", 20_000, Duration.ofDays(1));
        int size = 10_000;
        for (int i = 0; i < size; i++) {
            waits(queue.enter(
                    i, claim(rules, "key" + i % keys, Urgency.INTERACTIVE), i % 2 == 0 ? Set.of("a") : Set.of("b"), 0));
        }
        long from = System.nanoTime();
        for (int i = 0; i < size / 2; i++) {
            queue.served(queue.next("b", 0).orElseThrow(), "b");
        }
        long each = (System.nanoTime() - from) / (size / 2);

        assertThat(queue.next("b", 0)).isEmpty();
        assertThat(queue.size()).isEqualTo(size / 2);
        assertThat(each).as("ns for each slot, with %d keys", keys).isLessThan(100_000);
    }

    private void enter(int who, Random random) {
        QueueRules rules = QUEUES.get(random.nextInt(QUEUES.size()));
        Urgency urgency = random.nextInt(3) == 0 ? Urgency.BATCH : Urgency.INTERACTIVE;
        String key = KEYS.get(random.nextInt(KEYS.size()));
        int depth = queue.depth(rules.name());
        switch (queue.enter(who, claim(rules, key, urgency), uses(random), now)) {
            case FairQueue.Entry.Full<Integer> full -> {
                assertThat(depth).isEqualTo(rules.maxDepth());
                assertThat(full.depth()).isEqualTo(depth);
            }
            case FairQueue.Entry.In<Integer> in -> {
                in.displaced().ifPresent(this::end);
                assertThat(in.displaced().isPresent()).isEqualTo(depth == rules.maxDepth());
                waiting.put(who, in.ticket());
            }
        }
    }

    private void disturb(Random random) {
        if (waiting.isEmpty()) {
            return;
        }
        List<Ticket<Integer>> all = new ArrayList<>(waiting.values());
        Ticket<Integer> ticket = all.get(random.nextInt(all.size()));
        if (random.nextBoolean()) {
            queue.leave(ticket);
            queue.leave(ticket);
            end(ticket);
        } else {
            queue.move(ticket, uses(random));
        }
    }

    private void serve(String service) {
        Optional<Ticket<Integer>> next = queue.next(service, now);
        List.copyOf(waiting.values()).stream().filter(ticket -> !ticket.in()).forEach(late -> {
            assertThat(late.deadline()).isLessThanOrEqualTo(now);
            end(late);
        });
        List<Ticket<Integer>> usable = waiting.values().stream()
                .filter(ticket -> ticket.uses().contains(service) && !ticket.expired(now))
                .toList();
        assertThat(next.isPresent()).isEqualTo(!usable.isEmpty());
        next.ifPresent(first -> {
            assertThat(usable.contains(first)).isTrue();
            assertThat(usable.stream().allMatch(other -> rank(first) <= rank(other)))
                    .as("priority, then urgency")
                    .isTrue();
            assertThat(usable.stream()
                            .noneMatch(other -> other.claim().equals(first.claim()) && other.number() < first.number()))
                    .as("the order of a key")
                    .isTrue();
            assertThat(queue.ahead(first)).isNotNegative().isLessThan(queue.size());
            queue.served(first, service);
            end(first);
        });
        if (next.isEmpty()) {
            now += 100;
        }
    }

    private void end(Ticket<Integer> ticket) {
        assertThat(waiting.remove(ticket.who())).isSameAs(ticket);
        assertThat(ended.add(ticket.who())).as("ends once").isTrue();
        assertThat(ticket.in()).isFalse();
    }

    /** The lower, the earlier. */
    private static int rank(Ticket<Integer> ticket) {
        return -ticket.claim().queue().priority() * 2 + (ticket.claim().urgency() == Urgency.BATCH ? 1 : 0);
    }

    private Set<String> keysWaitingFor(String service, QueueRules rules) {
        Set<String> keys = new TreeSet<>();
        queue.in(rules.name()).values().stream()
                .filter(ticket -> ticket.uses().contains(service))
                .forEach(ticket -> keys.add(ticket.claim().key()));
        return keys;
    }

    private static Set<String> uses(Random random) {
        Set<String> uses = new HashSet<>();
        while (uses.isEmpty()) {
            SERVICES.stream().filter(service -> random.nextInt(3) == 0).forEach(uses::add);
        }
        return uses;
    }

    private static Ticket.Claim claim(QueueRules rules, String key, Urgency urgency) {
        return new Ticket.Claim(rules, key, urgency);
    }

    private static void waits(FairQueue.Entry<Integer> entry) {
        assertThat(entry).isInstanceOf(FairQueue.Entry.In.class);
    }
}
