package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.kernel.app.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GaugeTest {
    private static final OptionalInt THREE = OptionalInt.of(3);

    private final Gauge gauge = new Gauge(Ticker.system());

    @Test
    void neverGivesOutMoreThanTheLimitToThreadsThatRunAtOnce() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> highest = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                highest.add(threads.submit(() -> takeAndGive(start)));
            }
            start.countDown();
            for (Future<Integer> seen : highest) {
                assertThat(seen.get()).isBetween(0, 3);
            }
        }

        assertThat(gauge.inFlight()).isZero();
    }

    private int takeAndGive(CountDownLatch start) throws InterruptedException {
        start.await();
        int highest = 0;
        for (int round = 0; round < 20_000; round++) {
            if (gauge.tryTake(THREE)) {
                highest = Math.max(highest, gauge.inFlight());
                gauge.give();
            }
        }
        return highest;
    }

    @Test
    void refusesAtTheLimitAndKnowsNoLimitWhereNobodySays() {
        assertThat(gauge.tryTake(OptionalInt.of(1))).isTrue();
        assertThat(gauge.tryTake(OptionalInt.of(1))).isFalse();
        assertThat(gauge.tryTake(OptionalInt.empty())).isTrue();
        assertThat(gauge.inFlight()).isEqualTo(2);
    }

    @Test
    void keepsOnePerformanceForEachModel() {
        gauge.performance("a").succeeded();

        assertThat(gauge.performance("a").samples()).isOne();
        assertThat(gauge.performance("b").samples()).isZero();
        assertThat(gauge.performances()).containsOnlyKeys("a", "b");
    }
}
