package dev.geniehive.plugin.ranking;

import static dev.geniehive.plugin.ranking.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.testkit.RankingPolicyContract;
import org.junit.jupiter.api.Test;

class PrefixAffinityTest extends RankingPolicyContract {
    @Override
    protected RankingPolicy policy() {
        return new PrefixAffinity(256, 0.5);
    }

    @Test
    void wantsPrefixesMeasured() {
        assertThat(policy().seesPrefixes()).isTrue();
    }

    @Test
    void prefersWhoKnowsMoreOfThePrompt() {
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100),
                        service("b").firstToken(100).prefix(0.5),
                        service("c").firstToken(100).prefix(1)))
                .containsExactly("c", "b", "a");
    }

    @Test
    void prefersWhoHasTheSession() {
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100).prefix(0.7),
                        service("b").firstToken(100).session()))
                .containsExactly("b", "a");
    }

    @Test
    void movesOnWhenTheWarmOneHasBecomeMoreThanTwiceAsSlow() {
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100),
                        service("b").firstToken(170).session()))
                .containsExactly("b", "a");
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100),
                        service("b").firstToken(250).session()))
                .containsExactly("a", "b");
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").firstToken(100),
                        service("b").firstToken(100).outstanding(6).session()))
                .containsExactly("a", "b");
    }

    @Test
    void isTheEstimateAloneWithoutABonus() {
        assertThat(Ranking.hosts(
                        new PrefixAffinity(256, 0),
                        service("a").firstToken(100),
                        service("b").firstToken(120).session()))
                .containsExactly("a", "b");
    }

    @Test
    void explainsInOneLine() {
        assertThat(policy().explain(service("a").prefix(0.5).candidate()))
                .isEqualTo("knows 50 % of the prompt, 0 of 4 slots taken, not seen yet");
        assertThat(policy().explain(service("a").session().candidate()))
                .isEqualTo("has the session, 0 of 4 slots taken, not seen yet");
    }
}
