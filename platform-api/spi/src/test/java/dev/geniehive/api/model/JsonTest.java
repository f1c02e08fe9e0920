package dev.geniehive.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":[1,2.50,-0,1E+9],\"b\":{\"c\":null},\"d\":true,\"e\":false}",
                "\"\\\"\\\\ \\n\\t ä 🐝 \\u0001\"",
                "12345678901234567890"
            })
    void writesWhatItRead(String text) {
        assertThat(Json.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "nul",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a",
                "\"\t\"",
                "[] []",
                "{\"a\":1,\"a\":2}",
                "NaN"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse(text));
    }

    @Test
    void saysWhereItStoppedUnderstanding() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  b\n}"))
                .withMessage("not JSON at line 3, column 3: expected a member name");
    }

    @Test
    void refusesToNestWithoutEnd() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("[".repeat(100_000)))
                .withMessageContaining("nested deeper than 200");
    }

    @Test
    void readsWhatIsMissingAsNull() {
        Json json = Json.parse("{\"a\":{\"n\":7.9,\"s\":\"x\"}}");

        assertThat(json.get("a").get("n").asLong()).isEqualTo(OptionalLong.of(7));
        assertThat(json.get("a").get("s").asLong()).isEmpty();
        assertThat(json.get("b").get("c").get("d")).isEqualTo(Json.nothing());
        assertThat(json.get("b").items()).isEmpty();
    }

    @Test
    void escapesHalvesOfPairsSoThatTheTextStaysUtf8() {
        assertThat(Json.of("a\ud83d")).hasToString("\"a\\ud83d\"");
    }
}
