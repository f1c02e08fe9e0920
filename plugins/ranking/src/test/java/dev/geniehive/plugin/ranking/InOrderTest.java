package dev.geniehive.plugin.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lists that the platform offers for it, of which only the first element is known at first. */
class InOrderTest {
    private static final double[] SCORES = {-1.5, -0.0, 0.0, 1, 1, 2.5, Double.MAX_VALUE, Double.POSITIVE_INFINITY};

    @Test
    void ordersByScoreThenByService() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            List<Candidate> candidates = candidates(random, random.nextInt(9));
            double[] scores = candidates.stream()
                    .mapToDouble(one -> SCORES[random.nextInt(SCORES.length)])
                    .toArray();
            List<Ranked> expected = new ArrayList<>();
            for (int i = 0; i < scores.length; i++) {
                expected.add(new Ranked(candidates.get(i), scores[i]));
            }
            expected.sort(Comparator.comparingDouble(Ranked::score)
                    .thenComparing(one -> one.candidate().service()));

            check(() -> Ranked.ascending(candidates, scores), expected);
        }
    }

    @Test
    void ordersBySeveralNumbersAndScoresByPlace() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            List<Candidate> candidates = candidates(random, random.nextInt(9));
            long[] first =
                    candidates.stream().mapToLong(one -> random.nextInt(2) - 1).toArray();
            long[] second =
                    candidates.stream().mapToLong(one -> random.nextInt(3)).toArray();
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, first.length).boxed().toList());
            order.sort(Comparator.<Integer>comparingLong(i -> first[i])
                    .thenComparingLong(i -> second[i])
                    .thenComparing(i -> candidates.get(i).service()));
            List<Ranked> expected = new ArrayList<>();
            order.forEach(i -> expected.add(new Ranked(candidates.get(i), expected.size())));

            check(() -> Ranked.inOrder(candidates, first, second), expected);
        }
    }

    @Test
    void leavesToChanceWhatNumbersDoNotDecide() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            List<Candidate> candidates = candidates(random, random.nextInt(9)).stream()
                    .map(one -> lucky(one, random.nextInt(3) / 3.0))
                    .toList();
            long[] numbers =
                    candidates.stream().mapToLong(one -> random.nextInt(2)).toArray();
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, numbers.length).boxed().toList());
            order.sort(Comparator.<Integer>comparingLong(i -> numbers[i])
                    .thenComparingDouble(i -> candidates.get(i).signals().tieBreak())
                    .thenComparing(i -> candidates.get(i).service()));
            List<Ranked> expected = new ArrayList<>();
            order.forEach(i -> expected.add(new Ranked(candidates.get(i), expected.size())));

            check(() -> Ranked.inOrder(Candidates.of(candidates), numbers), expected);
        }
    }

    private static Candidate lucky(Candidate one, double tieBreak) {
        Signals signals = new Signals(
                true, ServiceHealth.HEALTHY, 0, OptionalInt.empty(), OptionalInt.empty(), 0, 0, 0, tieBreak);
        return new Candidate(one.service(), one.host(), one.asset(), signals);
    }

    private static void check(Supplier<List<Ranked>> made, List<Ranked> expected) {
        assertThat(made.get()).isEqualTo(expected);
        List<Ranked> backwards = new ArrayList<>(made.get().reversed());
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(expected);
        if (!expected.isEmpty()) {
            assertThat(made.get().getFirst()).isEqualTo(expected.getFirst());
        }
    }

    private static List<Candidate> candidates(Random random, int count) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Signals signals =
                    new Signals(true, ServiceHealth.HEALTHY, 0, OptionalInt.empty(), OptionalInt.empty(), 0, 0, 0, 0);
            candidates.add(new Candidate("box/" + i, "box", "qwen", signals));
        }
        Collections.shuffle(candidates, random);
        return List.copyOf(candidates);
    }
}
