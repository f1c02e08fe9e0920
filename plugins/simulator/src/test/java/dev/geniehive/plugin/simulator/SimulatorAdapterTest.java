package dev.geniehive.plugin.simulator;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.testkit.FakeBody;
import dev.geniehive.testkit.FakeUpstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatorAdapterTest {
    private static final String QUESTION =
            "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]%s}";
    private static final String TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}],\"tool_choice\":";

    private record Answer(int status, String type, String text, Usage usage) {
        Json json() {
            return Json.parse(text);
        }

        Json choice() {
            return json().get("choices").items().getFirst();
        }

        List<Json> events() {
            return Arrays.stream(text.split("\n\n", -1))
                    .filter(event -> event.startsWith("data: {"))
                    .map(event -> Json.parse(event.substring(6)))
                    .toList();
        }

        List<Json> deltas() {
            return events().stream()
                    .flatMap(event -> event.get("choices").items().stream())
                    .map(choice -> choice.get("delta"))
                    .toList();
        }
    }

    @Test
    void answersAChatWithOneDocument() throws Exception {
        Answer answer = chat("");

        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.json().get("object").asString()).contains("chat.completion");
        assertThat(answer.json().get("model").asString()).contains("engine-name");
        assertThat(answer.json().get("created").asLong()).hasValue(1_700_000_000L);
        assertThat(answer.json().get("system_fingerprint").asString()).contains("simulated");
        assertThat(content(answer)).startsWith("[simulated]");
        assertThat(answer.choice().get("finish_reason").asString()).contains("stop");
        assertThat(answer.json().get("usage").get("completion_tokens").asLong())
                .hasValue(answer.usage().completionTokens());
        assertThat(answer.usage().estimated()).isTrue();
    }

    @Test
    void streamsTheSameText() throws Exception {
        Answer answer = chat(",\"stream\":true");

        assertThat(answer.type()).startsWith("text/event-stream");
        assertThat(answer.text()).endsWith("data: [DONE]\n\n");
        assertThat(answer.deltas().getFirst()).hasToString("{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(answer.deltas().getLast()).hasToString("{}");
        assertThat(answer.deltas().stream()
                        .flatMap(delta -> delta.get("content").asString().stream())
                        .collect(joining()))
                .isEqualTo(content(chat("")));
        assertThat(answer.events())
                .extracting(event -> event.get("id"))
                .containsOnly(answer.events().getFirst().get("id"));
        assertThat(answer.text()).doesNotContain("usage");
    }

    @Test
    void tellsItsUsageAtTheEndOfAStreamWhereAsked() throws Exception {
        Answer answer = chat(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        Json last = answer.events().getLast();
        assertThat(last.get("choices").items()).isEmpty();
        assertThat(last.get("usage").get("completion_tokens").asLong())
                .hasValue(answer.usage().completionTokens());
        assertThat(answer.events().getFirst().toString()).contains("\"usage\":null");
    }

    @Test
    void givesTheSameAnswerToTheSameQuestionAndAnotherToAnother() throws Exception {
        assertThat(content(chat(""))).isEqualTo(content(chat("")));
        assertThat(content(ask(Operation.CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"Who?\"}]}")))
                .isNotEqualTo(content(chat("")));
    }

    @Test
    void writesNoMoreThanIsAllowed() throws Exception {
        Answer answer = chat(",\"max_tokens\":3");

        assertThat(content(answer)).isEqualTo("[simulated] No model");
        assertThat(answer.choice().get("finish_reason").asString()).contains("length");
        assertThat(content(chat(",\"max_tokens\":3,\"max_completion_tokens\":1")))
                .isEqualTo("[simulated]");
    }

    @Test
    void callsAFunctionThatItHasToCall() throws Exception {
        String named = "{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}";

        for (String choice : List.of("\"required\"", named)) {
            Answer answer = chat(TOOLS + choice);

            Json call = answer.choice().get("message").get("tool_calls").items().getFirst();
            assertThat(call.get("function")).hasToString("{\"name\":\"weather\",\"arguments\":\"{}\"}");
            assertThat(answer.choice().get("finish_reason").asString()).contains("tool_calls");
        }
        assertThat(content(chat(TOOLS + "\"auto\""))).startsWith("[simulated]");
    }

    @Test
    void streamsTheCallOfAFunction() throws Exception {
        Answer answer = chat(TOOLS + "\"required\",\"stream\":true");

        assertThat(answer.deltas()
                        .getFirst()
                        .get("tool_calls")
                        .items()
                        .getFirst()
                        .get("function"))
                .hasToString("{\"name\":\"weather\",\"arguments\":\"\"}");
        assertThat(answer.deltas().get(1))
                .hasToString("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}");
    }

    @Test
    void completesText() throws Exception {
        Answer whole = ask(Operation.COMPLETION, "{\"prompt\":\"Once\"}");
        Answer stream = ask(Operation.COMPLETION, "{\"prompt\":\"Once\",\"stream\":true}");

        assertThat(whole.json().get("object").asString()).contains("text_completion");
        assertThat(whole.choice().get("text").asString().orElse("")).startsWith("[simulated]");
        assertThat(stream.events().stream()
                        .flatMap(event -> event.get("choices").items().getFirst().get("text").asString().stream())
                        .collect(joining()))
                .isEqualTo(whole.choice().get("text").asString().orElseThrow());
    }

    @Test
    void refusesWhatItCannotAnswer() throws Exception {
        Answer answer = ask(Operation.CHAT, "{\"prompt\":\"no messages\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").get("param").asString()).contains("messages");
    }

    @Test
    void takesItsTime() throws Exception {
        SimulatorConfig slow = new SimulatorConfig(20, Duration.ofMillis(60), List.of("m"), 1);
        long start = System.nanoTime();

        answer(slow, Operation.CHAT, QUESTION.formatted(",\"max_tokens\":3"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(210));
    }

    private static String content(Answer answer) {
        return answer.choice().get("message").get("content").asString().orElse("");
    }

    private static Answer chat(String more) throws Exception {
        return ask(Operation.CHAT, QUESTION.formatted(more));
    }

    private static Answer ask(Operation operation, String body) throws Exception {
        SimulatorConfig fast = new SimulatorConfig(100_000, Duration.ZERO, List.of("m"), 1);
        return answer(fast, operation, body);
    }

    private static Answer answer(SimulatorConfig config, Operation operation, String body) throws Exception {
        SimulatorAdapter adapter = new SimulatorAdapter(config, () -> Instant.ofEpochSecond(1_700_000_000));
        Invocation invocation = new Invocation(operation, "engine-name", FakeBody.json(body));
        try (Reply reply = adapter.invoke(new FakeUpstream(), invocation)) {
            String text = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(
                    reply.status(),
                    reply.headers().first("content-type").orElse(""),
                    text,
                    reply.usage().orElse(new Usage(0, 0, true)));
        }
    }
}
