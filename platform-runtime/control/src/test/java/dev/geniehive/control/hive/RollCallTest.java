package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollCallTest {
    private static final Pacing PACING = new Pacing(Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void countsFewAsLostWhenTheyAreSilentForTooLong() {
        RollCall call = call(silent(4, 5001, false), silent(4, 900, false));

        assertThat(call.lost()).hasSize(4);
        assertThat(call.spared()).isEmpty();
    }

    @Test
    void countsNobodyAsLostAMomentBefore() {
        assertThat(call(silent(1, 5000, false)).lost()).isEmpty();
    }

    @Test
    void sparesManyWhoFallSilentAtOnce() {
        RollCall call = call(silent(6, 5001, false), silent(4, 900, false));

        assertThat(call.lost()).isEmpty();
        assertThat(call.spared()).hasSize(6);
    }

    @Test
    void sparesAlsoThoseWhoseSilenceIsALittleOlderThanThatOfTheOthers() {
        RollCall call = call(silent(1, 5001, false), silent(6, 4500, false), silent(4, 900, false));

        assertThat(call.lost()).isEmpty();
        assertThat(call.spared()).hasSize(1);
    }

    @Test
    void sparesNobodyForever() {
        assertThat(call(silent(10, 15_000, false)).lost()).isEmpty();
        assertThat(call(silent(10, 15_001, false)).lost()).hasSize(10);
    }

    @Test
    void doesNotSpareHalfOrLess() {
        assertThat(call(silent(6, 5001, false), silent(6, 900, false)).lost()).hasSize(6);
    }

    @Test
    void knowsThatThoseAreGoneWhoClosedTheirConnections() {
        RollCall all = call(silent(10, 5001, true));
        assertThat(all.lost()).hasSize(10);

        RollCall some = call(silent(2, 5001, true), silent(6, 5001, false));
        assertThat(some.lost()).hasSize(2);
        assertThat(some.spared()).hasSize(6);
    }

    @SafeVarargs
    private static RollCall call(List<RollCall.Silence>... groups) {
        List<RollCall.Silence> all = new ArrayList<>();
        for (List<RollCall.Silence> group : groups) {
            for (RollCall.Silence silence : group) {
                all.add(new RollCall.Silence("n" + all.size(), silence.nanos(), silence.closed()));
            }
        }
        return RollCall.of(all, PACING);
    }

    private static List<RollCall.Silence> silent(int count, long millis, boolean closed) {
        List<RollCall.Silence> silences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            silences.add(new RollCall.Silence("", Duration.ofMillis(millis).toNanos(), closed));
        }
        return silences;
    }
}
