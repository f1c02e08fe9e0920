package dev.geniehive.plugin.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.testkit.RankingPolicyContract;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LoadedFirstTest extends RankingPolicyContract {
    @Override
    protected RankingPolicy policy() {
        return new LoadedFirst();
    }

    @Test
    void prefersWhatIsLoadedEvenIfItCostsMore() {
        assertFirst(
                service("a", s -> s.loaded(false)), service("b", s -> s.cost(9).health(ServiceHealth.DEGRADED)));
    }

    @Test
    void prefersTheHealthyEvenIfItCostsMore() {
        assertFirst(service("a", s -> s.health(ServiceHealth.DEGRADED)), service("b", s -> s.cost(9)));
    }

    @Test
    void prefersLowerCostEvenIfThereIsAQueue() {
        assertFirst(service("a", s -> s.cost(1)), service("b", s -> s.cost(0).outstanding(9)));
    }

    @Test
    void prefersAFreeSlotToAQuickServiceWithAQueue() {
        assertFirst(service("a", s -> s.outstanding(4).millis(50)), service("b", s -> s.millis(900)));
    }

    @Test
    void prefersTheClearlyQuickerToTheOneWithPriority() {
        assertFirst(service("a", s -> s.millis(900).priority(5)), service("b", s -> s.millis(100)));
    }

    @Test
    void fillsTheOneWithPriorityAsLongAsItHasRoom() {
        assertFirst(service("a", s -> s), service("b", s -> s.priority(5).outstanding(3)));
        assertFirst(service("b", s -> s.priority(5).outstanding(4)), service("a", s -> s));
    }

    @Test
    void prefersTheShorterQueue() {
        assertFirst(service("a", s -> s.outstanding(20)), service("b", s -> s.outstanding(5)));
        assertFirst(service("a", s -> s.queue(9)), service("b", s -> s.queue(4)));
    }

    @Test
    void sharesTheLoadAmongEquals() {
        assertFirst(service("a", s -> s.outstanding(2)), service("b", s -> s.outstanding(1)));
    }

    @Test
    void letsChanceDecideAmongThoseWhoAreAlikeInAll() {
        assertFirst(service("a", s -> s.tieBreak(0.9)), service("b", s -> s.tieBreak(0.1)));
    }

    @Test
    void givesAServiceThatHasNotAnsweredYetItsChance() {
        assertFirst(
                service("a", s -> s.millis(900)),
                service("b", s -> s),
                service("c", s -> s.millis(100).outstanding(1)));
    }

    @Test
    void doesNotTakeUnknownSlotsForFullOnes() {
        assertFirst(
                service("a", s -> s.outstanding(4)),
                service("b", s -> s.outstanding(30).slots(OptionalInt.empty())));
    }

    @Test
    void explainsInOneLine() {
        assertThat(policy().explain(service(
                        "a",
                        s -> s.outstanding(1).queue(2).millis(180).priority(5).cost(1.5))))
                .isEqualTo("loaded, healthy, 1 of 4 slots taken, 2 queued, first token in about 180 ms,"
                        + " priority 5, cost 1.5");
        assertThat(policy().explain(service("a", s -> s.loaded(false).slots(OptionalInt.empty()))))
                .isEqualTo("has to be loaded, healthy, 0 in flight, priority 0, cost 0.0");
    }

    /** Asserts that the second of these comes first. */
    private void assertFirst(Candidate... candidates) {
        List<Ranked> ranked = policy().rank(new RouteRequest(Operation.CHAT, "m"), List.of(candidates));

        assertThat(ranked.getFirst().candidate()).isEqualTo(candidates[1]);
    }

    private static Candidate service(String name, UnaryOperator<Seen> change) {
        Seen seen = change.apply(
                new Seen(true, ServiceHealth.HEALTHY, 0, OptionalInt.of(4), OptionalInt.empty(), 0, 0, 0, 0.5));
        return new Candidate(name + "/llama", name, "m", seen.signals());
    }

    private record Seen(
            boolean loaded,
            ServiceHealth health,
            int outstanding,
            OptionalInt slots,
            OptionalInt queue,
            int priority,
            double cost,
            double millis,
            double tieBreak) {
        Signals signals() {
            return new Signals(loaded, health, outstanding, slots, queue, priority, cost, millis, tieBreak);
        }

        Seen loaded(boolean value) {
            return new Seen(value, health, outstanding, slots, queue, priority, cost, millis, tieBreak);
        }

        Seen health(ServiceHealth value) {
            return new Seen(loaded, value, outstanding, slots, queue, priority, cost, millis, tieBreak);
        }

        Seen outstanding(int value) {
            return new Seen(loaded, health, value, slots, queue, priority, cost, millis, tieBreak);
        }

        Seen slots(OptionalInt value) {
            return new Seen(loaded, health, outstanding, value, queue, priority, cost, millis, tieBreak);
        }

        Seen queue(int value) {
            return new Seen(
                    loaded, health, outstanding, slots, OptionalInt.of(value), priority, cost, millis, tieBreak);
        }

        Seen priority(int value) {
            return new Seen(loaded, health, outstanding, slots, queue, value, cost, millis, tieBreak);
        }

        Seen cost(double value) {
            return new Seen(loaded, health, outstanding, slots, queue, priority, value, millis, tieBreak);
        }

        Seen millis(double value) {
            return new Seen(loaded, health, outstanding, slots, queue, priority, cost, value, tieBreak);
        }

        Seen tieBreak(double value) {
            return new Seen(loaded, health, outstanding, slots, queue, priority, cost, millis, value);
        }
    }
}
