package dev.geniehive.bench.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SteeringTest {
    private static final Steering STEERING = Steering.stream(50, 20_000, 8).called(7);

    @Test
    void isReadFromItsField() {
        assertThat(read(STEERING.chat("m", true, ""))).hasValue(STEERING);
    }

    @Test
    void isReadFromTheMessageWhereAGatewayDropsTheField() {
        String without = STEERING.chat("m", true, "").replaceFirst("\"bench\":\\{[^}]*},", "");

        assertThat(without).doesNotContain("\"bench\"");
        assertThat(read(without)).hasValue(STEERING);
    }

    @Test
    void isReadWithBlanks() {
        assertThat(read("{\"bench\":{ \"chunks\" : 3, \"pace_us\": 0, \"bytes\": 9 }}"))
                .hasValue(Steering.stream(3, 0, 9));
        assertThat(read("{}")).isEmpty();
    }

    @Test
    void refusesNothingAtAll() {
        assertThatIllegalArgumentException().isThrownBy(() -> Steering.stream(0, 0, 0));
    }

    private static Optional<Steering> read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
        return Steering.of(bytes, bytes.length);
    }
}
