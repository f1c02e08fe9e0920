package dev.geniehive.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.protocol.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Assignment TOLD = new Assignment(
            "n", Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), "0");

    @Test
    void isReadyUntilTheControlPlaneHasBeenAwayForTooLong() {
        Standing away = Standing.NEW.admitted(TOLD).answered(0, NOON).failed("refused", NOON.plusSeconds(1));

        assertThat(away.notReady("http://c", Duration.ofMillis(4999).toNanos())).isEmpty();
        assertThat(away.notReady("http://c", Duration.ofSeconds(5).toNanos()))
                .contains("http://c does not answer since 2026-01-01T12:00:01Z: refused");
    }

    @Test
    void remembersWhenItCameBackAndNotEveryHeartbeat() {
        Standing back = Standing.NEW
                .admitted(TOLD)
                .failed("refused", NOON)
                .answered(0, NOON.plusSeconds(3))
                .answered(1, NOON.plusSeconds(4));

        assertThat(back.since()).contains(NOON.plusSeconds(3));
        assertThat(back.lastError()).isEmpty();
        assertThat(back.notReady("http://c", Long.MAX_VALUE)).isEmpty();
    }
}
