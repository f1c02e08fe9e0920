package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RetryBudget budget = new RetryBudget(nanos::get);

    @Test
    void startsWithTwentyAndThenRefuses() {
        assertThat(spent(100)).isEqualTo(20);
    }

    @Test
    void earnsOneForFiveRequests() {
        spent(100);

        IntStream.range(0, 10).forEach(request -> budget.request());

        assertThat(spent(100)).isBetween(1L, 2L);
    }

    @Test
    void earnsOneASecondAndSavesNoMoreThanTwenty() {
        spent(100);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(spent(100)).isEqualTo(3);

        nanos.addAndGet(TimeUnit.HOURS.toNanos(3));
        assertThat(spent(100)).isEqualTo(20);
    }

    private long spent(int tries) {
        return IntStream.range(0, tries).filter(one -> budget.spend()).count();
    }
}
