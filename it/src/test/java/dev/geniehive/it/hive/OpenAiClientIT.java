package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client, in front of an engine and of the simulator. */
class OpenAiClientIT {
    private static final String SIMULATED = "simulated-model";

    @TempDir
    private static @Nullable Path folder;

    private static @Nullable FakeEngine running;
    private static @Nullable Hive started;
    private static @Nullable OpenAIClient connected;

    @BeforeAll
    static void start() {
        Path where = Fixture.present(folder);
        FakeEngine engine = FakeEngine.start(Flavor.VLLM, Knobs.defaults().with("models", "org/fake"));
        running = engine;
        Hive hive = Hive.up(
                Distribution.unpackTo(where.resolve("dist")), where.resolve("box"), """
                agent:
                  name: box
                  discover: false
                  simulator: always
                  services: [ { name: e, url: "http://127.0.0.1:%d", engine: vllm } ]
                plugins: { simulator: { tokens-per-second: 10000, first-token: 1ms } }
                """.formatted(engine.port()));
        started = hive;
        connected = client("any-word-will-do");
    }

    @AfterAll
    static void stop() {
        Fixture.closeAll(started, running);
    }

    @BeforeEach
    void behaveAgain() {
        Fixture.present(running).turn(Knobs.defaults().with("models", "org/fake"));
    }

    @Test
    void chats() {
        ChatCompletion answer =
                client().chat().completions().create(chat("org/fake").build());

        assertThat(answer.model()).isEqualTo("org/fake");
        assertThat(answer.choices().getFirst().message().content()).hasValue("tok0 tok1 tok2 tok3 tok4 ");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(5);
    }

    @Test
    void streams() {
        ChatCompletionCreateParams wish = chat("org/fake")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                client().chat().completions().createStreaming(wish)) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();

            assertThat(text(chunks)).isEqualTo("tok0 tok1 tok2 tok3 tok4 ");
            assertThat(chunks.getLast().usage().orElseThrow().completionTokens())
                    .isEqualTo(5);
        }
    }

    @Test
    void completesAndEmbeds() {
        assertThat(client().completions()
                        .create(CompletionCreateParams.builder()
                                .model("org/fake")
                                .prompt("Once")
                                .build())
                        .choices()
                        .getFirst()
                        .text())
                .startsWith("tok0");
        CreateEmbeddingResponse embedding = client().embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("org/fake")
                        .input("Once")
                        .build());
        assertThat(embedding.data().getFirst().embedding()).containsExactly(0.25f, -0.5f, 1.0f);
    }

    @Test
    void callsTools() {
        ChatCompletion answer = client().chat().completions().create(withTool());

        ChatCompletion.Choice choice = answer.choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessageFunctionToolCall call =
                choice.message().toolCalls().orElseThrow().getFirst().asFunction();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(call.function().arguments()).isEqualTo("{}");
    }

    @Test
    void streamsCallsOfTools() {
        try (StreamResponse<ChatCompletionChunk> stream =
                client().chat().completions().createStreaming(withTool())) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();

            assertThat(chunks)
                    .flatExtracting(ChatCompletionChunk::choices)
                    .flatExtracting(choice -> choice.delta().toolCalls().orElse(List.of()))
                    .extracting(call -> call.function()
                            .flatMap(ChatCompletionChunk.Choice.Delta.ToolCall.Function::name)
                            .orElse(""))
                    .contains("weather");
        }
    }

    @Test
    void listsModelsAndRetrievesOne() {
        assertThat(client().models().list().data()).extracting(Model::id).contains("org/fake", SIMULATED);
        assertThat(client().models().retrieve("org/fake").id()).isEqualTo("org/fake");
        assertThat(client().models().retrieve(SIMULATED).ownedBy()).isEqualTo("geniehive");
    }

    @Test
    void isToldThatAModelIsNotThere() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() ->
                        client().chat().completions().create(chat("unheard-of").build()))
                .satisfies(refused -> {
                    assertThat(refused.code()).hasValue("model_not_found");
                    assertThat(refused.param()).hasValue("model");
                    assertThat(refused.getMessage()).contains("'unheard-of'");
                });
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client().models().retrieve("unheard-of"))
                .satisfies(refused -> assertThat(refused.code()).hasValue("model_not_found"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> client().chat()
                        .completions()
                        .createStreaming(chat("unheard-of").build()));
    }

    @Test
    void isToldThatARequestIsWrong() {
        ChatCompletionCreateParams wish = chat("org/fake")
                .putAdditionalBodyProperty("stream", JsonValue.from("yes"))
                .build();

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> client().chat().completions().create(wish))
                .satisfies(refused -> assertThat(refused.param()).hasValue("stream"));
    }

    @Test
    void isToldThatTheKeyIsWrong() {
        OpenAIClient stranger = client("gh-client-wrong");

        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> stranger.models().list())
                .satisfies(refused -> assertThat(refused.type()).hasValue("authentication_error"));
    }

    @Test
    void isToldInOurEnvelopeWhatAnEngineRefused() {
        Fixture.present(running)
                .turn(Knobs.defaults()
                        .with("models", "org/fake")
                        .with("status", 400)
                        .with("body", """
                        {"error":{"message":"temperature is too hot","type":"BadRequestError","param":"temperature","code":400}}"""));

        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() ->
                        client().chat().completions().create(chat("org/fake").build()))
                .satisfies(refused -> assertThat(refused.getMessage()).contains("temperature is too hot"));
    }

    @Test
    void isToldInOurEnvelopeThatAnEngineFailed() {
        Fixture.present(running)
                .turn(Knobs.defaults()
                        .with("models", "org/fake")
                        .with("status", 500)
                        .with("body", "<html>oops</html>"));

        assertThatExceptionOfType(InternalServerException.class)
                .isThrownBy(() ->
                        client().chat().completions().create(chat("org/fake").build()))
                .satisfies(failed -> {
                    assertThat(failed.statusCode()).isEqualTo(502);
                    assertThat(((OpenAIServiceException) failed).code()).hasValue("upstream_failed");
                    assertThat(failed.getMessage()).doesNotContain("<html>");
                });
    }

    private static ChatCompletionCreateParams.Builder chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello");
    }

    private static ChatCompletionCreateParams withTool() {
        return chat(SIMULATED)
                .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                .addFunctionTool(FunctionDefinition.builder()
                        .name("weather")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty("properties", JsonValue.from(Map.of()))
                                .build())
                        .build())
                .build();
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> chunk.choices()
                .forEach(choice -> text.append(choice.delta().content().orElse(""))));
        return text.toString();
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(Fixture.present(started).url() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private static OpenAIClient client() {
        return Fixture.present(connected);
    }
}
