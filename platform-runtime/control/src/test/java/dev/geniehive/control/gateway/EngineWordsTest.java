package dev.geniehive.control.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import org.junit.jupiter.api.Test;

/** What engines were seen to say. */
class EngineWordsTest {
    @Test
    void knowsLlamaServersWordsForAPromptThatIsTooLong() {
        Problem problem = of(400, """
                {"error":{"code":400,"message":"request (9000 tokens) exceeds the available context size (8192 tokens)",
                 "type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":8192}}""");

        assertThat(problem.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(problem.code()).isEqualTo("context_length_exceeded");
    }

    @Test
    void knowsLlamaCppPythonsWordsForAPromptThatIsTooLong() {
        Problem problem = of(400, """
                {"error":{"message":"This model's maximum context length is 8192 tokens. However, you requested 80023",
                 "type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""");

        assertThat(problem.code()).isEqualTo("context_length_exceeded");
    }

    @Test
    void doesNotBlameTheEngineThatCallsABadRequestAFailureOfItsOwn() {
        Problem problem = of(500, """
                {"error":{"message":"1 validation error:\\n  {'type': 'list_type', 'loc': ('body', 'messages')}",
                 "type":"internal_server_error","param":null,"code":null}}""");

        assertThat(problem.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
    }

    @Test
    void saysOfWhatAnEngineWasNotStartedForThatItIsUnsupported() {
        Problem problem = of(501, """
                {"error":{"code":501,"message":"This server does not support embeddings. Start it with `--embeddings`",
                 "type":"not_supported_error"}}""");

        assertThat(problem.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        assertThat(problem.code()).isEqualTo("unsupported_operation");
        assertThat(problem.message()).contains("--embeddings");
    }

    @Test
    void takesAnyOtherFailureForTheEngines() {
        assertThat(of(500, "{\"error\":{\"message\":\"CUDA error\"}}").kind()).isEqualTo(ErrorKind.UPSTREAM_FAILED);
    }

    private static Problem of(int status, String body) {
        return EngineErrors.of(status, Headers.NONE, body.getBytes(UTF_8), "box/e1", "m");
    }
}
