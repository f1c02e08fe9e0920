package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.Offer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads the first one only, or all, gets the order that sorting gives. */
class LineupTest {
    private static final int ROUNDS = 300;

    private final List<Offer> offers = new HeldHive()
            .has("box/cheap", HeldHive.serving("qwen"), HeldHive.cost(0))
            .has("box/dear", HeldHive.serving("qwen"), HeldHive.cost(1))
            .now()
            .offers("qwen");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isOrderedByRowsThenByCostThenAsThePolicySays(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Verdict.Eligible> members = members(random, random.nextInt(8));
            List<Integer> rows = members.stream().map(one -> random.nextInt(2)).toList();
            List<Ranked> said = said(random, members);
            List<Verdict.Eligible> expected = expected(members, rows, said);

            assertThat(new Lineup(new Standing(members, rows), said)).isEqualTo(expected);
            if (!members.isEmpty()) {
                assertThat(new Lineup(new Standing(members, rows), said).getFirst())
                        .isSameAs(expected.getFirst());
            }
            List<Verdict.Eligible> others = members(random, random.nextInt(3));
            List<Verdict.Eligible> all = new ArrayList<>(expected);
            all.addAll(others);
            assertThat(Lineup.then(new Lineup(new Standing(members, rows), said), others))
                    .isEqualTo(all);
        }
    }

    private record Standing(List<Verdict.Eligible> all, List<Integer> rows) implements Lineup.Members {
        @Override
        public int size() {
            return all.size();
        }

        @Override
        public Verdict.Eligible member(int index) {
            return all.get(index);
        }

        @Override
        public int row(int index) {
            return rows.get(index);
        }

        @Override
        public double cost(int index) {
            return all.get(index).offer().cost();
        }

        @Override
        public boolean even() {
            return all.stream().map(one -> one.offer().cost()).distinct().count() < 2
                    && rows.stream().distinct().count() < 2;
        }

        @Override
        public int place(Candidate candidate) {
            return IntStream.range(0, all.size())
                    .filter(i -> Places.isSame(all.get(i).candidate(), candidate))
                    .findFirst()
                    .orElse(-1);
        }
    }

    private List<Verdict.Eligible> members(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Verdict.Eligible(
                        offers.get(random.nextInt(2)), "openai", candidate(random, i), Verdict.Row.FRONT))
                .toList();
    }

    private static Candidate candidate(Random random, int i) {
        Signals signals = new Signals(
                true, ServiceHealth.HEALTHY, 0, OptionalInt.empty(), OptionalInt.empty(), 0, 0, 0, random.nextDouble());
        return new Candidate("box/" + i % 3, "box", "qwen", signals);
    }

    /** Some leave candidates out, say them twice, or make them up. */
    private static List<Ranked> said(Random random, List<Verdict.Eligible> members) {
        List<Ranked> said = new ArrayList<>();
        members.forEach(one -> said.add(new Ranked(one.candidate(), 0)));
        Collections.shuffle(said, random);
        if (random.nextInt(3) == 0) {
            said.addFirst(new Ranked(candidate(random, 1), 0));
        }
        if (random.nextInt(3) == 0 && said.size() > 1) {
            said.remove(random.nextInt(said.size()));
            said.addAll(List.copyOf(said));
        }
        return said;
    }

    private static List<Verdict.Eligible> expected(
            List<Verdict.Eligible> members, List<Integer> rows, List<Ranked> said) {
        List<Integer> order = new ArrayList<>();
        for (Ranked one : said) {
            for (int i = 0; i < rows.size(); i++) {
                if (Places.isSame(members.get(i).candidate(), one.candidate()) && !order.contains(i)) {
                    order.add(i);
                }
            }
        }
        IntStream.range(0, rows.size()).filter(i -> !order.contains(i)).forEach(order::add);
        order.sort(Comparator.<Integer>comparingInt(i -> rows.get(i))
                .thenComparingDouble(i -> members.get(i).offer().cost()));
        return order.stream().map(members::get).toList();
    }
}
