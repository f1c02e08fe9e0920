package dev.geniehive.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Always the most. */
    private static final RandomGenerator MOST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void waitsTwiceAsLongAfterEveryFailureUpToTenSeconds() {
        Backoff backoff = new Backoff(MOST);

        assertThat(Stream.generate(() -> backoff.failed(SECOND).toMillis()).limit(8))
                .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L);

        backoff.succeeded();
        assertThat(backoff.failed(SECOND).toMillis()).isEqualTo(250);
    }

    @Test
    void spreadsThoseThatComeBackAfterALongLossOverAnInterval() {
        Duration seldom = Duration.ofSeconds(30);
        Backoff backoff = new Backoff(MOST);
        backoff.failed(seldom);
        backoff.failed(seldom);

        assertThat(backoff.failed(seldom)).isEqualTo(seldom);
    }

    @Test
    void jittersOverAllOfTheTime() {
        Backoff[] many =
                Stream.generate(() -> new Backoff(new Random())).limit(200).toArray(Backoff[]::new);

        assertThat(Stream.of(many)
                        .map(one -> one.failed(SECOND).toMillis() / 50)
                        .distinct())
                .as("of 5 slices of 250 ms")
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void asksAgainAboutEveryHalfMinuteWhereSomebodyHasToActFirst() {
        for (int i = 0; i < 100; i++) {
            assertThat(new Backoff(new Random(i)).refused())
                    .isBetween(Duration.ofMillis(22_500), Duration.ofMillis(37_500));
        }
    }
}
