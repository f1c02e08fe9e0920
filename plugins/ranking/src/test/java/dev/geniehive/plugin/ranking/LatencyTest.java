package dev.geniehive.plugin.ranking;

import static dev.geniehive.plugin.ranking.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.testkit.FakeConfig;
import dev.geniehive.testkit.RankingPolicyContract;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyTest extends RankingPolicyContract {
    @Override
    protected RankingPolicy policy() {
        return new Latency(256);
    }

    @Test
    void prefersTheQuickerOne() {
        assertThat(Ranking.hosts(
                        policy(), service("a").firstToken(900), service("b").firstToken(100)))
                .containsExactly("b", "a");
    }

    @Test
    void weighsTheFirstTokenAgainstThoseThatFollow() {
        Given early = service("early").firstToken(100).rate(10);
        Given steady = service("steady").firstToken(2_000).rate(100);

        assertThat(Ranking.hosts(policy(), Ranking.atMost(5), early, steady)).containsExactly("early", "steady");
        assertThat(Ranking.hosts(policy(), Ranking.atMost(500), early, steady)).containsExactly("steady", "early");
    }

    @Test
    void countsNoTokensWhereNoneAreWritten() {
        RouteRequest embedding = new RouteRequest(Operation.EMBEDDING, "m");

        assertThat(Ranking.hosts(
                        policy(),
                        embedding,
                        service("a").firstToken(300).rate(1000),
                        service("b").firstToken(200).rate(1)))
                .containsExactly("b", "a");
    }

    @Test
    void countsWhatAServiceHasToDoAlready() {
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100).outstanding(8),
                        service("b").firstToken(200)))
                .containsExactly("b", "a");
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100).outstanding(2),
                        service("b").firstToken(200)))
                .containsExactly("a", "b");
    }

    @Test
    void givesAServiceThatHasNotAnsweredYetItsChanceUnlessItIsFarAway() {
        assertThat(Ranking.hosts(policy(), service("a").firstToken(100).outstanding(1), service("b")))
                .containsExactly("b", "a");
        assertThat(Ranking.hosts(
                        policy(), service("a").firstToken(100), service("b").roundTrip(80)))
                .containsExactly("a", "b");
    }

    @Test
    void avoidsAGpuThatSomebodyElseKeepsBusy() {
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100).gpu(0.9),
                        service("b").firstToken(120).gpu(0.1)))
                .containsExactly("b", "a");
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100).gpu(0.9).outstanding(1),
                        service("b").firstToken(180).gpu(0.1)))
                .as("it is busy with what we gave it")
                .containsExactly("a", "b");
    }

    @Test
    void letsChanceDecideWithinATenth() {
        Given a = service("a").firstToken(100);
        Given b = service("b").firstToken(105);

        assertThat(Ranking.hosts(policy(), a.tieBreak(0.9), b.tieBreak(0.1))).containsExactly("b", "a");
        assertThat(Ranking.hosts(policy(), a.tieBreak(0.1), b.tieBreak(0.9))).containsExactly("a", "b");
    }

    @Test
    void neverPrefersWhoIsWorseInAllToWhoIsClearlyBetter() {
        Random random = new Random(20_260_822);
        for (int round = 0; round < 2_000; round++) {
            double first = 1 + random.nextInt(5_000);
            double rate = 1 + random.nextInt(200);
            int requests = random.nextInt(8);
            Given better = service("z")
                    .firstToken(first)
                    .rate(rate)
                    .outstanding(requests)
                    .tieBreak(random.nextDouble());
            Given worse = service("a")
                    .firstToken(first * (1.2 + random.nextDouble()))
                    .rate(rate / (1.2 + random.nextDouble()))
                    .outstanding(requests + random.nextInt(3))
                    .tieBreak(random.nextDouble());

            assertThat(Ranking.hosts(policy(), worse, better)).containsExactly("z", "a");
        }
    }

    @Test
    void explainsInOneLine() {
        assertThat(policy().explain(service("a")
                        .outstanding(1)
                        .firstToken(180)
                        .rate(41.25)
                        .roundTrip(3)
                        .gpu(0.5)
                        .candidate()))
                .isEqualTo("1 of 4 slots taken, first token in 180 ms at worst, 41.3 tokens/s, 3.0 ms away,"
                        + " GPU 50 % busy");
        assertThat(policy().explain(service("a").unknownSlots().candidate())).isEqualTo("0 in flight, not seen yet");
    }

    @Test
    void refusesNumbersOutOfBounds() {
        FakeConfig config = FakeConfig.of(Map.of("answer-tokens", 0, "prefix-bonus", 91));

        RankingConfig read = RankingConfig.from(config);

        assertThat(config.rejected()).containsExactly("answer-tokens", "prefix-bonus");
        assertThat(read.answerTokens()).isEqualTo(256);
        assertThat(read.prefixBonus()).isEqualTo(0.5);
    }
}
