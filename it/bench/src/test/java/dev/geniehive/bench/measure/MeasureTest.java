package dev.geniehive.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class MeasureTest {
    @Test
    void timesKeepThreeDigits() {
        Times times = new Times();
        for (int i = 1; i <= 1000; i++) {
            times.add(i * 1000L);
        }

        assertThat(times.micros(50)).isCloseTo(500, Percentage.withPercentage(0.2));
        assertThat(times.micros(99)).isCloseTo(990, Percentage.withPercentage(0.2));
        assertThat(times.count()).isEqualTo(1000);
        times.add(Long.MAX_VALUE);
        assertThat(times.micros(100)).isCloseTo(120e6, Percentage.withPercentage(0.2));
    }

    @Test
    void noTimesAreZero() {
        assertThat(new Times().micros(99)).isZero();
    }

    @Test
    void theMiddleAndTheEnds() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(List.of(4.0, 1.0))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(new Spread(1234.5, 0.0123, 56.78)).hasToString("1,235 (0.012–56.8)");
    }

    @Test
    void cpuTimeIsReadPastAnyName() {
        String stat = "7 (a) b (c d) S 1 7 7 0 -1 4194560 9 0 0 0 12 30 5 6 20 0 1 0 100 0 0";

        assertThat(Processes.cpuMicros(stat)).isEqualTo(420_000);
        assertThat(Processes.cpuMicros("")).isZero();
    }

    @Test
    void residentMemoryIsRead() {
        assertThat(Processes.residentBytes("VmPeak:\t 9 kB\nVmRSS:\t  2048 kB\n"))
                .isEqualTo(2 << 20);
    }

    @Test
    void thisProcessIsCounted() {
        Processes here = Processes.of(List.of(ProcessHandle.current().pid()));

        assertThat(here.residentBytes()).isGreaterThan(1 << 20);
        assertThat(here.cpuMicros()).isPositive();
        assertThat(Processes.of(List.of()).cpuMicros()).isZero();
    }

    @Test
    void heapOfEachCollectorIsAddedUp() {
        assertThat(Heap.used("""
                 garbage-first heap   total reserved 6G, committed 20K, used 5120K [0x1]
                  region size 4096K, 1 young (4096K)
                 Metaspace       used 900K, committed 1M
                  class space    used 90K
                """)).hasValue(5120 * 1024);
        assertThat(Heap.used("""
                 def new generation   total 9216K, used 100K [
                 tenured generation   total 1K, used 11K [
                """)).hasValue(111 * 1024);
        assertThat(Heap.used("nothing of that kind")).isEmpty();
    }

    @Test
    void failuresOfAnyKindMakeASampleVoid() {
        Failures failures = new Failures();
        assertThat(Sample.of(failures).with("p50", "µs", 1).isVoid()).isFalse();

        failures.add("status 503");
        failures.add("status 503");

        assertThat(Sample.of(failures).with("p50", "µs", 1).isVoid()).isTrue();
        assertThat(failures.counts()).containsEntry("status 503", 2L);
    }
}
