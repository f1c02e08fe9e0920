package dev.geniehive.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every ranking policy promises. Extend it, return your policy, and run it. */
@Timeout(10)
public abstract class RankingPolicyContract {
    private static final RouteRequest REQUEST = new RouteRequest(Operation.CHAT, "llama");
    private static final int ROUNDS = 200;
    private static final long SEED = 20_260_822;

    /** {@return the policy under test, freshly made} */
    protected abstract RankingPolicy policy();

    @Test
    void ranksEveryCandidateExactlyOnce() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            List<Candidate> candidates = candidates(random, round % 21);

            assertThat(policy().rank(REQUEST, candidates))
                    .extracting(Ranked::candidate)
                    .containsExactlyInAnyOrderElementsOf(candidates);
        }
    }

    @Test
    void ranksNothingIfThereIsNothing() {
        assertThat(policy().rank(REQUEST, List.of())).isEmpty();
    }

    @Test
    void ranksTheSameInputTheSameWayEveryTime() {
        Random random = new Random(SEED);
        RankingPolicy policy = policy();
        for (int round = 0; round < ROUNDS; round++) {
            List<Candidate> candidates = candidates(random, 6);

            List<Ranked> first = policy.rank(REQUEST, candidates);

            assertThat(policy.rank(REQUEST, candidates)).isEqualTo(first);
            assertThat(policy().rank(REQUEST, candidates)).isEqualTo(first);
        }
    }

    @Test
    void doesNotCareInWhichOrderCandidatesCome() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            List<Candidate> candidates = candidates(random, 6);
            List<Candidate> shuffled = new ArrayList<>(candidates);
            Collections.shuffle(shuffled, random);

            assertThat(policy().rank(REQUEST, List.copyOf(shuffled))).isEqualTo(policy().rank(REQUEST, candidates));
        }
    }

    @Test
    void ranksNumbersAsItRanksTheCandidatesThatHaveThem() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            List<Candidate> candidates = candidates(random, round % 21);

            assertThat(policy().rank(REQUEST, Candidates.of(candidates))).isEqualTo(policy().rank(REQUEST, candidates));
        }
    }

    @Test
    void givesBetterPlacesBetterScores() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(policy().rank(REQUEST, candidates(random, 6)))
                    .extracting(Ranked::score)
                    .isSorted()
                    .doesNotContain(Double.NaN);
        }
    }

    @Test
    void saysAlwaysTheSameAboutWhatItWantsMeasured() {
        RankingPolicy policy = policy();
        boolean first = policy.seesPrefixes();

        policy.rank(REQUEST, candidates(new Random(SEED), 6));

        assertThat(policy.seesPrefixes()).isEqualTo(first).isEqualTo(policy().seesPrefixes());
    }

    @Test
    void explainsEachCandidateInOneLine() {
        for (Candidate candidate : candidates(new Random(SEED), 50)) {
            assertThat(policy().explain(candidate)).isNotBlank().doesNotContain("\n");
        }
    }

    private static List<Candidate> candidates(Random random, int count) {
        return IntStream.range(0, count).mapToObj(i -> candidate(random, i)).toList();
    }

    private static Candidate candidate(Random random, int i) {
        Signals signals = new Signals(
                random.nextBoolean(),
                random.nextBoolean() ? ServiceHealth.HEALTHY : ServiceHealth.DEGRADED,
                random.nextInt(5),
                random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(4)) : OptionalInt.empty(),
                random.nextBoolean() ? OptionalInt.of(random.nextInt(4)) : OptionalInt.empty(),
                random.nextInt(3) - 1,
                random.nextInt(3),
                random.nextInt(4) * 150.0,
                random.nextInt(4) / 4.0,
                random.nextInt(4) * 200.0,
                random.nextInt(3) * 20.0,
                random.nextInt(3) * 10.0,
                random.nextBoolean() ? OptionalDouble.of(random.nextInt(5) / 4.0) : OptionalDouble.empty(),
                random.nextInt(5) / 4.0,
                random.nextInt(4) == 0,
                random.nextInt(5));
        return new Candidate("host-%d/llama".formatted(i), "host-%d".formatted(i), "llama", signals);
    }
}
