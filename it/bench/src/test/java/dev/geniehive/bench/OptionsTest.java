package dev.geniehive.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geniehive.bench.row.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void measuresAllRowsInFiveRoundsUnlessToldOtherwise() {
        Options options = Options.of(List.of());

        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.time()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.rows())
                .extracting(Row::name)
                .contains("latency-1", "open-10000", "idle")
                .doesNotHaveDuplicates();
        assertThat(options.wants("nginx")).isTrue();
    }

    @Test
    void quickIsOneShortRoundButWhatIsGivenCounts() {
        Options options =
                Options.of(List.of("--quick", "--rounds", "2", "--rows", "abort,latency-1", "--subjects", "direct"));

        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.time()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.rows()).extracting(Row::name).containsExactly("abort", "latency-1");
        assertThat(options.wants("nginx")).isFalse();
    }

    @Test
    void quickLeavesOutWhatTakesLong() {
        assertThat(Options.of(List.of("--quick")).rows())
                .extracting(Row::name)
                .contains("latency-1", "abort")
                .doesNotContain("open-10000", "stream-1000");
    }

    @Test
    void anotherGatewayIsNamedWithOrWithoutItsVersion() {
        assertThat(Options.of(List.of("--against", "http://127.0.0.1:4000/v1/")).against())
                .hasValueSatisfying(against -> assertThat(against.uri()).hasToString("http://127.0.0.1:4000"));
        assertThat(Options.of(List.of("--against", "http://127.0.0.1:4000/api")).against())
                .hasValueSatisfying(against -> assertThat(against.uri()).hasToString("http://127.0.0.1:4000/api"));
    }

    @Test
    void saysWhatIsWrong() {
        refused("There is no row 'speed'", "--rows", "speed");
        refused("--rounds wants a number from 1, was '0'", "--rounds", "0");
        refused("--rounds wants a number from 1, was 'many'", "--rounds", "many");
        refused("--rows wants a value", "--rows");
        refused("Nobody knows '--fast' here", "--fast");
        refused("--against wants an address", "--against", "https://example.com");
    }

    private static void refused(String message, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(List.of(words)))
                .withMessageContaining(message);
    }
}
