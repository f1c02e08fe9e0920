package dev.geniehive.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MILLI = SECOND / 1000;
    private static final long START = Long.MAX_VALUE - SECOND; // tickers may overflow

    private final Pace pace = new Pace(START);

    @Test
    void theFirstIsDueAtOnce() {
        assertThat(pace.left(START, false)).isZero();
    }

    @Test
    void keepsAFixedRateHoweverLongAHeartbeatTakes() {
        pace.beats(START);
        pace.goesOn(START + 300 * MILLI, Duration.ofSeconds(1));

        assertThat(pace.left(START + 300 * MILLI, false)).isEqualTo(700 * MILLI);
    }

    @Test
    void doesNotMakeUpForThoseThatWereMissed() {
        pace.beats(START);
        pace.goesOn(START + 5 * SECOND, Duration.ofSeconds(1));

        assertThat(pace.left(START + 5 * SECOND, false)).isEqualTo(SECOND);
    }

    @Test
    void anEarlyOneDoesNotMoveTheOthers() {
        pace.beats(START);
        pace.goesOn(START, Duration.ofSeconds(1));

        pace.beats(START + 400 * MILLI);
        pace.goesOn(START + 400 * MILLI, Duration.ofSeconds(1));

        assertThat(pace.left(START + 400 * MILLI, false)).isEqualTo(600 * MILLI);
    }

    @Test
    void aShorterIntervalCountsFromNow() {
        pace.after(START, Duration.ofMinutes(1));

        pace.goesOn(START, Duration.ofSeconds(1));

        assertThat(pace.left(START, false)).isEqualTo(SECOND);
    }

    @Test
    void urgentOnesAreAQuarterOfASecondApart() {
        pace.beats(START);
        pace.goesOn(START, Duration.ofSeconds(10));

        assertThat(pace.left(START + 100 * MILLI, true)).isEqualTo(150 * MILLI);
        assertThat(pace.left(START + 300 * MILLI, true)).isNegative();
    }
}
