package dev.geniehive.control.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.testkit.FakeConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingRulesTest {
    @Test
    void anEmptySectionIsTheDefaults() {
        assertThat(RoutingRules.from(FakeConfig.empty())).isEqualTo(RoutingRules.DEFAULTS);
    }

    @Test
    void readsEveryKey() {
        FakeConfig config = FakeConfig.of(Map.of(
                "ranking",
                "cheapest",
                "load",
                "never",
                "attempts",
                5,
                "connect-timeout",
                Duration.ofMillis(250),
                "first-byte-timeout",
                Duration.ofMinutes(1),
                "stream-idle-timeout",
                Duration.ofSeconds(30),
                "max-queue",
                0,
                "queue-timeout",
                Duration.ofSeconds(1)));

        assertThat(RoutingRules.from(config))
                .isEqualTo(new RoutingRules(
                        "cheapest",
                        false,
                        5,
                        Duration.ofMillis(250),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(30),
                        0,
                        Duration.ofSeconds(1)));
        assertThat(config.rejected()).isEmpty();
    }

    @Test
    void rejectsWhatIsOutOfBounds() {
        FakeConfig config = FakeConfig.of(Map.of(
                "load",
                "sometimes",
                "attempts",
                11,
                "connect-timeout",
                Duration.ZERO,
                "first-byte-timeout",
                Duration.ofSeconds(-1),
                "max-queue",
                100_001));

        RoutingRules.from(config);

        assertThat(config.rejected())
                .containsExactlyInAnyOrder("load", "attempts", "connect-timeout", "first-byte-timeout", "max-queue");
    }
}
