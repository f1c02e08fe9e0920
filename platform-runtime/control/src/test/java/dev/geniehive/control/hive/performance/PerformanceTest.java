package dev.geniehive.control.hive.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelPerformance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PerformanceTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicLong turns = new AtomicLong();
    private final Performance one = new Performance(nanos::get, turns);
    private final Performance other = new Performance(nanos::get, turns);

    @Test
    void averagesFirstTokensAndStartsWithTheFirst() {
        assertThat(one.firstTokenMillis()).isZero();
        assertThat(one.peakFirstTokenMillis(nanos.get())).isZero();

        one.firstToken(millis(100));
        assertThat(one.firstTokenMillis()).isEqualTo(100);

        one.firstToken(millis(200));
        assertThat(one.firstTokenMillis()).isEqualTo(120);
    }

    @Test
    void peaksAtOnceAndCalmsDownInSeconds() {
        one.firstToken(millis(100));
        one.firstToken(millis(1000));
        assertThat(one.peakFirstTokenMillis(nanos.get())).isEqualTo(1000);
        assertThat(one.firstTokenMillis()).isEqualTo(280);

        after(Duration.ofSeconds(10));
        assertThat(one.peakFirstTokenMillis(nanos.get())).isBetween(280.0, 700.0);

        one.firstToken(millis(100));
        assertThat(one.peakFirstTokenMillis(nanos.get()))
                .as("one quick answer is no proof")
                .isGreaterThan(280);
    }

    @Test
    void forgetsThatAServiceWasSlowSoThatItIsTriedAgain() {
        one.firstToken(millis(8000));

        after(Duration.ofMinutes(4));
        assertThat(one.peakFirstTokenMillis(nanos.get())).isCloseTo(500, within(1.0));
        assertThat(one.firstTokenMillis()).as("the average is what was seen").isEqualTo(8000);

        after(Duration.ofDays(300));
        assertThat(one.peakFirstTokenMillis(nanos.get())).isPositive();
    }

    @Test
    void learnsRatesOfAnswersThatAreLongEnoughToSay() {
        one.wrote(4, millis(1));
        one.wrote(100, 0);
        assertThat(one.tokensPerSecond()).isZero();

        one.wrote(41, millis(1000));
        assertThat(one.tokensPerSecond()).isCloseTo(40, within(0.001));

        one.wrote(91, millis(1000));
        assertThat(one.tokensPerSecond()).isCloseTo(50, within(0.001));
    }

    @Test
    void estimatesTheFirstTokenOfAnAnswerThatCameAtOnceAndShowsNoEstimates() {
        one.wroteAtOnce(9, millis(1000));
        one.succeeded();
        assertThat(one.firstTokenMillis()).isCloseTo(100, within(0.001));
        assertThat(one.tokensPerSecond()).isCloseTo(9, within(0.001));

        other.wrote(11, millis(100));
        other.wroteAtOnce(50, millis(1000));
        assertThat(other.firstTokenMillis())
                .as("100 tokens a second: half of it was waiting")
                .isCloseTo(500, within(0.001));

        ModelPerformance shown = Performance.together(List.of(one));
        assertThat(shown.firstTokenMillisP50()).isEmpty();
        assertThat(shown.tokensPerSecond()).isEmpty();
        assertThat(shown.samples()).isOne();
    }

    @Test
    void saysHowManyFailedLatelyOnceThereAreEnough() {
        one.failed();
        one.failed();
        one.failed();
        assertThat(one.failureShare(nanos.get())).isZero();

        one.succeeded();
        assertThat(one.failureShare(nanos.get())).isEqualTo(0.75);

        after(Duration.ofSeconds(60));
        assertThat(one.failureShare(nanos.get()))
                .as("too long ago to be held against it")
                .isZero();
        assertThat(Performance.together(List.of(one)).errorRate().orElseThrow()).isCloseTo(0.75, within(0.001));
    }

    @Test
    void countsTheTurnsOfAllServices() {
        one.chosen();
        other.chosen();
        one.chosen();

        assertThat(one.lastChosen()).isEqualTo(3);
        assertThat(other.lastChosen()).isEqualTo(2);
    }

    @Test
    void addsUpServices() {
        for (int i = 0; i < 30; i++) {
            one.firstToken(millis(100));
            one.succeeded();
            other.firstToken(millis(1000));
            other.failed();
        }
        other.loaded(Duration.ofSeconds(9).toNanos());

        ModelPerformance all = Performance.together(List.of(one, other));

        assertThat(all.samples()).isEqualTo(60);
        assertThat(all.firstTokenMillisP50().orElseThrow()).isCloseTo(100, within(5.0));
        assertThat(all.firstTokenMillisP95().orElseThrow()).isCloseTo(1000, within(50.0));
        assertThat(all.loadSeconds().orElseThrow()).isCloseTo(9, within(0.45));
        assertThat(all.errorRate()).hasValue(0.5);
        assertThat(Performance.together(List.of()).errorRate()).isEmpty();
    }

    @Test
    void isWhatItWasAfterARestart() {
        one.firstToken(millis(180));
        one.wrote(101, millis(2000));
        one.loaded(millis(9500));
        one.succeeded();
        one.failed();

        other.remember(Json.parse(one.json().toString()), Duration.ofMinutes(10));

        assertThat(Performance.together(List.of(other))).isEqualTo(Performance.together(List.of(one)));
        assertThat(other.firstTokenMillis()).isEqualTo(180);
        assertThat(other.peakFirstTokenMillis(nanos.get())).isEqualTo(180);
        assertThat(other.tokensPerSecond()).isEqualTo(50);
        assertThat(other.failureShare(nanos.get())).isZero();
    }

    @Test
    void readsWhatMakesNoSenseAsNothing() {
        one.remember(
                Json.parse(
                        "{\"samples\":-7,\"asked\":-1,\"failed\":9,\"first_tokens\":[1],\"rate\":\"x\",\"first_token_ms\":-3}"),
                Duration.ZERO);
        one.remember(Json.nothing(), Duration.ZERO);

        assertThat(Performance.together(List.of(one))).isEqualTo(Performance.together(List.of()));
        assertThat(one.firstTokenMillis()).isZero();
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static long millis(long count) {
        return Duration.ofMillis(count).toNanos();
    }
}
