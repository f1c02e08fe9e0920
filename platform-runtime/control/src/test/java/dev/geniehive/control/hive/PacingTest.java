package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacingTest {
    private static final Pacing USUAL = new Pacing(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void keepsToWhatIsConfiguredUpToAThousandNodes() {
        assertThat(USUAL.of(1000)).isEqualTo(USUAL);
    }

    @Test
    void slowsDownBeyondAndIsAsMuchMorePatient() {
        assertThat(USUAL.of(2500)).isEqualTo(new Pacing(Duration.ofMillis(2500), Duration.ofMillis(12_500)));
    }

    @Test
    void spreadsTheFirstHeartbeatsOverTheInterval() {
        List<Duration> firsts = new ArrayList<>();
        for (int node = 0; node < 100; node++) {
            firsts.add(USUAL.first(node));
        }

        Collections.sort(firsts);
        assertThat(firsts).allMatch(first -> first.isPositive() && first.compareTo(USUAL.interval()) <= 0);
        for (int i = 1; i < firsts.size(); i++) {
            assertThat(firsts.get(i).minus(firsts.get(i - 1))).isBetween(Duration.ofMillis(1), Duration.ofMillis(30));
        }
    }

    @Test
    void looksOftenEnoughForALossToShowSoon() {
        assertThat(USUAL.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Pacing(Duration.ofSeconds(1), Duration.ofSeconds(2)).pause())
                .isEqualTo(Duration.ofMillis(500));
        assertThat(new Pacing(Duration.ofMillis(50), Duration.ofMillis(200)).pause())
                .isEqualTo(Duration.ofMillis(250));
    }
}
