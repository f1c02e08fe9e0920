package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final AtomicLong now = new AtomicLong();
    private final Breaker breaker = new Breaker(now::get);

    @Test
    void letsAServiceRestThatFailsThreeTimesInARow() {
        fail(2);
        assertThat(breaker.isOpen()).isFalse();

        fail(1);
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void countsFromTheStartAfterASuccess() {
        fail(2);
        breaker.succeeded();
        fail(2);

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void triesAgainAfterTheRestAndRestsTwiceAsLongIfThatFails() {
        fail(3);
        pass(Duration.ofSeconds(5));
        assertThat(breaker.isOpen()).isFalse();

        fail(1);
        pass(Duration.ofSeconds(9));
        assertThat(breaker.isOpen()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void tellsHowLongTheRestIsYet() {
        assertThat(breaker.restLeft()).isZero();
        fail(3);
        pass(Duration.ofSeconds(2));
        assertThat(breaker.restLeft()).isEqualTo(Duration.ofSeconds(3));

        pass(Duration.ofSeconds(3));
        assertThat(breaker.restLeft()).isZero();
        fail(1);
        assertThat(breaker.restLeft()).isEqualTo(Duration.ofSeconds(10));
        breaker.succeeded();
        assertThat(breaker.restLeft()).isZero();
    }

    @Test
    void isNotKeptRestingByWhatFailsMeanwhile() {
        fail(3);
        pass(Duration.ofSeconds(4));
        fail(5);
        pass(Duration.ofSeconds(1));

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void restsAMinuteAtMost() {
        fail(3);
        for (int time = 0; time < 10; time++) {
            pass(Duration.ofMinutes(1));
            fail(1);
        }
        pass(Duration.ofMinutes(1));

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void forgetsTheRestOnceItAnswers() {
        fail(3);

        breaker.succeeded();

        assertThat(breaker.isOpen()).isFalse();
    }

    private void fail(int times) {
        for (int time = 0; time < times; time++) {
            breaker.failed();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
