package dev.geniehive.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FakeBodyTest {
    @Test
    void replacesTheModelAndNothingElse() {
        FakeBody body = FakeBody.json("{ \"a\":1.50, \"model\" : \"x \\\"y\\\"\",\"b\":\"\\u00e4\" }");

        assertThat(body.withModel("a \"b\""))
                .hasToString("{ \"a\":1.50, \"model\" : \"a \\\"b\\\"\",\"b\":\"\\u00e4\" }");
    }

    @Test
    void tellsWhatRoutingWantsToKnow() {
        FakeBody body = FakeBody.json(
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"max_tokens\":3}");

        assertThat(body.facts().model()).isEqualTo("m");
        assertThat(body.facts().stream()).isTrue();
        assertThat(body.facts().usageInStream()).isTrue();
        assertThat(body.facts().maxTokens()).hasValue(3);
    }
}
