package dev.geniehive.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "5m,PT5M", "2h,PT2H", "7d,PT168H", "0s,PT0S"})
    void readsTimes(String text, Duration time) {
        assertThat(Units.duration(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({"512B,512", "64KiB,65536", "1KB,1000", "1MB,1000000", "32MiB,33554432", "8GiB,8589934592", "0B,0"})
    void readsSizes(String text, long bytes) {
        assertThat(Units.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5 s", "1.5h", "5S", "5min", "2h30m", "99999999999999999999s", "٥s"})
    void refusesWhatIsNoTime(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.duration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "KiB", "-1KiB", "64 KiB", "1.5GiB", "64kib", "64K", "999999999999TiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Units.bytes(text));
    }

    @Test
    void refusesTimesThatDoNotFitIntoNanoseconds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.duration("999999999d"))
                .withMessageContaining("292 years");
    }
}
