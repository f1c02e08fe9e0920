package dev.geniehive.plugin.ranking;

import static dev.geniehive.plugin.ranking.Given.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.testkit.FakeConfig;
import dev.geniehive.testkit.RankingPolicyContract;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightedTest extends RankingPolicyContract {
    private static final int DRAWS = 20_000;
    private static final Weights WEIGHTS = Weights.from(FakeConfig.of(Map.of(
            "weights",
            List.of(
                    Map.of("service", "big*", "weight", 6),
                    Map.of("service", "*/whisper", "weight", 0),
                    Map.of("service", "small/llama", "weight", 1)))));

    @Override
    protected RankingPolicy policy() {
        return new Weighted(WEIGHTS);
    }

    @Test
    void givesEachItsShare() {
        Map<String, Integer> wins =
                wins(service("big"), service("small"), service("other").slots(3));

        assertThat(share(wins, "big")).isCloseTo(0.6, within(0.02));
        assertThat(share(wins, "small")).isCloseTo(0.1, within(0.02));
        assertThat(share(wins, "other")).as("its slots are its weight").isCloseTo(0.3, within(0.02));
    }

    @Test
    void asksAWeightOfNothingOnlyAsTheLastResort() {
        assertThat(wins(service("x/whisper").slots(9), service("small"))).containsOnlyKeys("small");
    }

    @Test
    void explainsInOneLine() {
        assertThat(policy().explain(service("big").candidate())).isEqualTo("weight 6");
    }

    @Test
    void readsGlobsInTheOrderOfTheFile() {
        Weights two = weights(Map.of("service", "a*c/*", "weight", 2), Map.of("service", "*", "weight", 5));

        assertThat(two.of(service("abc/llama").candidate())).isEqualTo(2);
        assertThat(two.of(service("ac/llama").candidate())).isEqualTo(2);
        assertThat(two.of(service("ab/llama").candidate())).isEqualTo(5);
        assertThat(two.of(service("xabc/llama").candidate())).isEqualTo(5);
    }

    @Test
    void holdsWeightsWithinTheirBounds() {
        Weights read = weights(Map.of("service", "a", "weight", 1001), Map.of("weight", -1));

        assertThat(read.rules()).extracting(Weights.Rule::weight).containsExactly(1000, 0);
    }

    private Map<String, Integer> wins(Given... services) {
        Random random = new Random(20_260_822);
        Map<String, Integer> wins = new TreeMap<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            for (Given one : services) {
                one.tieBreak(random.nextDouble());
            }
            wins.merge(Ranking.hosts(policy(), services).getFirst(), 1, Integer::sum);
        }
        return wins;
    }

    private static double share(Map<String, Integer> wins, String host) {
        return (double) wins.getOrDefault(host, 0) / DRAWS;
    }

    private static Weights weights(Map<String, Object> first, Map<String, Object> second) {
        return Weights.from(FakeConfig.of(Map.of("weights", List.of(first, second))));
    }
}
