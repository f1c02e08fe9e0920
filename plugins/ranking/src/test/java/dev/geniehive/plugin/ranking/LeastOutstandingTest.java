package dev.geniehive.plugin.ranking;

import static dev.geniehive.plugin.ranking.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.testkit.RankingPolicyContract;
import org.junit.jupiter.api.Test;

class LeastOutstandingTest extends RankingPolicyContract {
    @Override
    protected RankingPolicy policy() {
        return new LeastOutstanding();
    }

    @Test
    void takesWhoHasTheFewestRequestsHoweverSlow() {
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").outstanding(2).firstToken(10),
                        service("b").outstanding(1).firstToken(900),
                        service("c").outstanding(3)))
                .containsExactly("b", "a", "c");
    }

    @Test
    void prefersAFreeSlotToAFullServiceWithFewerRequests() {
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").outstanding(1).slots(1),
                        service("b").outstanding(5).slots(8)))
                .containsExactly("b", "a");
    }

    @Test
    void doesNotTakeUnknownSlotsForFullOnes() {
        assertThat(Ranking.hosts(
                        policy(),
                        service("a").outstanding(5),
                        service("b").outstanding(30).unknownSlots()))
                .containsExactly("b", "a");
    }

    @Test
    void letsChanceDecideAmongEquals() {
        assertThat(Ranking.hosts(
                        policy(), service("a").tieBreak(0.9), service("b").tieBreak(0.1)))
                .containsExactly("b", "a");
    }
}
