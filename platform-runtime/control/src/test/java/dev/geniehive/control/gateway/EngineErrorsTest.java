package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.UpstreamException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":500,\"message\":\"it broke\",\"type\":\"server_error\"}}", // llama.cpp
                "{\"object\":\"error\",\"message\":\"it broke\",\"type\":\"InternalServerError\",\"code\":500}", // SGLang
                "{\"error\":{\"message\":\"it broke\",\"type\":\"x\",\"param\":null,\"code\":500}}", // vLLM
                "{\"error\":\"it broke\"}", // Ollama
                "{\"detail\":\"it broke\"}", // FastAPI
                "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"x\"],\"msg\":\"it broke\"}]}", // FastAPI's 422
            })
    void readsTheSentenceInEveryShape(String body) {
        assertThat(EngineErrors.message(utf8(body))).isEqualTo("it broke");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>502</html>",
                "{}",
                "[]",
                "{\"error\":{}}",
                "{\"error\":null}",
                "\"text\"",
                "{\"detail\":[]}"
            })
    void saysWhenThereIsNothingToRead(String body) {
        assertThat(EngineErrors.message(utf8(body))).isEqualTo("(nothing readable)");
    }

    @Test
    void shortensLongSentences() {
        assertThat(EngineErrors.message(utf8("{\"error\":\"" + "x".repeat(1000) + "\"}")))
                .hasSize(501)
                .endsWith("…");
    }

    @Test
    void aKeyThatTheEngineRefusesIsOurFault() {
        assertThat(of(401, "{}").kind()).isEqualTo(ErrorKind.UPSTREAM_FAILED);
        assertThat(of(403, "{}").kind()).isEqualTo(ErrorKind.UPSTREAM_FAILED);
        assertThat(of(401, "{}").message()).contains("api-key").contains("box/llama");
    }

    @Test
    void aModelThatWentIsNamed() {
        Problem problem = of(404, "{\"error\":\"model 'qwen' not found\"}");

        assertThat(problem.kind()).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(problem.code()).isEqualTo("model_not_found");
        assertThat(problem.message()).isEqualTo("box/llama no longer has 'qwen': model 'qwen' not found");
    }

    @Test
    void tellsLoadingFromOverload() {
        Problem loading = of(503, "{\"error\":{\"message\":\"Loading model\"}}");
        Problem overload = of(503, "{\"error\":{\"message\":\"Server overloaded\"}}");

        assertThat(loading.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(loading.code()).isEqualTo("loading");
        assertThat(overload.code()).isEqualTo("no_healthy_service");
    }

    @Test
    void passesOnWhenToComeBackWithinReason() {
        assertThat(retryAfter("Retry-After", "17")).contains(Duration.ofSeconds(17));
        assertThat(retryAfter("Retry-After", "0")).contains(Duration.ofSeconds(1));
        assertThat(retryAfter("Retry-After", "86400")).contains(Duration.ofMinutes(10));
        assertThat(of(429, "{}").code()).isEqualTo("rate_limit_exceeded");
    }

    @Test
    void readsADateByTheEnginesOwnClock() {
        String at = "Sun, 06 Nov 1994 08:49:37 GMT";

        assertThat(retryAfter("Date", at, "Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"))
                .contains(Duration.ofSeconds(30));
        assertThat(retryAfter("Date", at, "Retry-After", at)).contains(Duration.ofSeconds(1));
        assertThat(retryAfter("Retry-After", at)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
    void makesNothingUpWhereTheEngineSaysNothingSensible(String value) {
        assertThat(retryAfter("Retry-After", value)).isEmpty();
        assertThat(of(429, "{}").retryAfter()).isEmpty();
        assertThat(of(503, "{}").retryAfter()).isEmpty();
    }

    private static Optional<Duration> retryAfter(String... headers) {
        return EngineErrors.of(429, Headers.of(headers), utf8("{}"), "box/llama", "qwen")
                .retryAfter();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":400,\"message\":\"too long\",\"type\":\"exceed_context_size_error\"}}",
                "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}",
                "{\"object\":\"error\",\"message\":\"This model's maximum context length is 8192 tokens.\"}",
            })
    void knowsARequestThatIsTooLong(String body) {
        assertThat(of(400, body).code()).isEqualTo("context_length_exceeded");
        assertThat(of(400, body).kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    }

    @Test
    void mapsTheOtherStatuses() {
        assertThat(of(400, "{}").code()).isEqualTo("invalid_request");
        assertThat(of(422, "{}").kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(of(408, "{}").kind()).isEqualTo(ErrorKind.TIMED_OUT);
        assertThat(of(504, "{}").kind()).isEqualTo(ErrorKind.TIMED_OUT);
        assertThat(of(413, "{}").kind()).isEqualTo(ErrorKind.TOO_LARGE);
        assertThat(of(415, "{}").kind()).isEqualTo(ErrorKind.UNSUPPORTED_MEDIA_TYPE);
        assertThat(of(500, "{}").kind()).isEqualTo(ErrorKind.UPSTREAM_FAILED);
        assertThat(of(302, "{}").kind()).isEqualTo(ErrorKind.UPSTREAM_FAILED);
    }

    @ParameterizedTest
    @EnumSource(UpstreamException.Failure.class)
    void aFailureToTalkSaysWhatHappened(UpstreamException.Failure failure) {
        Problem problem = EngineErrors.of(new UpstreamException(failure, true, "box/llama did this"));

        assertThat(problem.message()).isEqualTo("box/llama did this");
        assertThat(problem.kind())
                .isEqualTo(
                        switch (failure) {
                            case FIRST_BYTE_TIMED_OUT, IDLE_TIMED_OUT -> ErrorKind.TIMED_OUT;
                            case BUSY -> ErrorKind.TOO_MANY_REQUESTS;
                            default -> ErrorKind.UPSTREAM_FAILED;
                        });
    }

    private static Problem of(int status, String body) {
        return EngineErrors.of(status, Headers.NONE, utf8(body), "box/llama", "qwen");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
