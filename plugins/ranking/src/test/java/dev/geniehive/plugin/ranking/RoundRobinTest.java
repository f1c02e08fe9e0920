package dev.geniehive.plugin.ranking;

import static dev.geniehive.plugin.ranking.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.testkit.RankingPolicyContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoundRobinTest extends RankingPolicyContract {
    @Override
    protected RankingPolicy policy() {
        return new RoundRobin();
    }

    @Test
    void takesWhoWasChosenLongestAgoAndWhoNeverWasFirst() {
        assertThat(Ranking.hosts(
                        policy(), service("a").chosen(7), service("b").chosen(3).outstanding(9), service("c")))
                .containsExactly("c", "b", "a");
    }

    @Test
    void givesEveryServiceItsTurnAlsoWhenOneComesLater() {
        Map<String, Long> chosen = new TreeMap<>(Map.of("a", 0L, "b", 0L, "c", 0L));
        List<String> turns = new ArrayList<>();
        for (long number = 1; number <= 6; number++) {
            turns.add(turn(chosen, number));
        }
        chosen.put("d", 0L);
        for (long number = 7; number <= 10; number++) {
            turns.add(turn(chosen, number));
        }

        assertThat(turns).containsExactly("a", "b", "c", "a", "b", "c", "d", "a", "b", "c");
    }

    private String turn(Map<String, Long> chosen, long number) {
        Given[] services = chosen.entrySet().stream()
                .map(entry -> service(entry.getKey()).chosen(entry.getValue()))
                .toArray(Given[]::new);
        String first = Ranking.hosts(policy(), services).getFirst();
        chosen.put(first, number);
        return first;
    }

    @Test
    void explainsInOneLine() {
        assertThat(policy().explain(service("a").chosen(7).candidate())).isEqualTo("chosen last as number 7");
        assertThat(policy().explain(service("a").candidate())).isEqualTo("not chosen yet");
    }
}
