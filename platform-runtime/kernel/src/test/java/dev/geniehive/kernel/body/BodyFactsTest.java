package dev.geniehive.kernel.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.GenieException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFactsTest {
    @TempDir
    Path spool;

    @Test
    void findsNothingInAnEmptyObject() {
        assertThat(facts("{}")).isEqualTo(BodyFacts.NONE);
    }

    @Test
    void findsAllOfAChat() {
        BodyFacts facts = facts("""
                {"messages": [
                   {"role": "user", "content": [
                      {"type": "text", "text": "what is \\u00e4?"},
                      {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAAAAAAAAAAAAAA"}},
                      {"type": "input_audio", "input_audio": {"data": "AAAAAAAAAAAA", "format": "wav"}}]}],
                 "tools": [{"type": "function"}], "response_format": {"type": "json_schema", "json_schema": {}},
                 "stream_options": {"include_usage": true}, "stream": true, "n": 2,
                 "max_tokens": 5, "max_completion_tokens": 7, "model": "qwen\\u002f3"}
                """);

        assertThat(facts)
                .isEqualTo(new BodyFacts(
                        "qwen/3",
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        OptionalLong.of(7),
                        "user".length()
                                + "text".length()
                                + "what is ä?".getBytes(UTF_8).length
                                + "image_url".length()
                                + "input_audio".length(),
                        OptionalInt.of(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"content\":[{\"type\":\"image_url\"}]}]}",
                "{\"messages\":[{\"content\":[{\"image_url\":\"data:x\"}]}]}",
                "{\"input\":[{\"content\":[{\"type\":\"input_image\"}]}]}",
                "{\"messages\":[{\"content\":[{\"t\\u0079pe\":\"image\\u005furl\"}]}]}"
            })
    void seesImages(String body) {
        assertThat(facts(body).images()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"image_url\":1,\"tool\":{\"image_url\":1},\"metadata\":{\"type\":\"image_url\",\"model\":\"x\"}}",
                "{\"messages\":[{\"content\":\"image_url input_audio \\\"type\\\":\\\"image_url\\\"\"}]}",
                "{\"messages\":[{\"image_url\":null,\"input_audio\":null}],\"tools\":[],\"functions\":null}",
                "{\"tools\":{\"a\":1},\"response_format\":{\"type\":\"text\",\"x\":{\"type\":\"json_object\"}}}",
                "{\"x\":{\"stream\":true,\"include_usage\":true,\"stream_options\":{\"include_usage\":true},\"n\":3}}",
                "{\"stream\":null,\"stream_options\":{\"include_usage\":false,\"x\":{\"include_usage\":true}}}",
                "{\"n\":\"3\",\"max_tokens\":null,\"max_completion_tokens\":\"many\"}",
                "{\"n\":0,\"max_tokens\":-1,\"max_completion_tokens\":1e3}"
            })
    void isNotFooledByTheSameWordsElsewhere(String body) {
        BodyFacts facts = facts(body);

        assertThat(new BodyFacts(
                        facts.model(),
                        facts.stream(),
                        facts.usageInStream(),
                        facts.tools(),
                        facts.images(),
                        facts.audio(),
                        facts.structured(),
                        facts.maxTokens(),
                        0,
                        facts.outputs()))
                .isEqualTo(BodyFacts.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "max_tokens, 4096, 4096",
        "max_tokens, 4096.0, 4096",
        "max_completion_tokens, 99999999999999999999, 9223372036854775799"
    })
    void readsLimitsOfTokens(String key, String number, long atMost) {
        assertThat(facts("{\"%s\":%s}".formatted(key, number)).maxTokens().orElse(0))
                .isPositive()
                .isLessThanOrEqualTo(atMost);
    }

    @Test
    void countsWhatIsSaidInTheFormsOfAllOperations() {
        assertThat(facts("{\"prompt\":\"12345\"}").promptBytes()).isEqualTo(5);
        assertThat(facts("{\"input\":[\"12\",\"\\n\\u00e4🐝\"],\"user\":\"nobody\"}")
                        .promptBytes())
                .isEqualTo(2 + 1 + 2 + 4);
        assertThat(facts("{\"functions\":[0]}").tools()).isTrue();
        assertThat(facts("{\"response_format\":{\"type\":\"json_object\"}}").structured())
                .isTrue();
    }

    @Test
    void countsAgainAfterAPicture() {
        assertThat(facts(
                                "{\"messages\":[{\"image_url\":{\"url\":\"12345\",\"x\":[\"1\"]},\"b\":\"12\"},{\"c\":\"1\"}]}")
                        .promptBytes())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"model\":1}, model",
                "{\"model\":null}, model",
                "{\"model\":[\"m\"]}, model",
                "{\"stream\":\"yes\"}, stream",
                "{\"stream\":{}}, stream"
            })
    void refusesWrongTypes(String body, String param) {
        assertThat(problemParam(body)).isEqualTo(param);
    }

    @Test
    void refusesANameThatNobodyCanHaveMeant() {
        assertThat(problemParam("{\"model\":\"" + "x".repeat(513) + "\"}")).isEqualTo("model");
    }

    private String problemParam(String body) {
        return catchThrowableOfType(GenieException.class, () -> facts(body))
                .problem()
                .param()
                .orElse("");
    }

    private BodyFacts facts(String body) {
        try (Bodies bodies = new Bodies(spool, BodyLimits.defaults());
                RequestBody read = bodies.json(body.getBytes(UTF_8))) {
            return read.facts();
        }
    }
}
