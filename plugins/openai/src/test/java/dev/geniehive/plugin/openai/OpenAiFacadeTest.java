package dev.geniehive.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Catalogue;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ModelCard;
import dev.geniehive.api.model.ModelPerformance;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Dialect;
import dev.geniehive.api.spi.Route;
import dev.geniehive.testkit.FakeBody;
import dev.geniehive.testkit.FakeForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiFacadeTest {
    private static final ModelCard KNOWN = new ModelCard(
            "org/qwen3",
            "asset",
            Instant.ofEpochSecond(1_700_000_000),
            Set.of(Operation.EMBEDDING, Operation.CHAT),
            Set.of(Ability.TOOLS, Ability.IMAGES),
            ServiceHealth.HEALTHY,
            true,
            true,
            2,
            List.of("attic", "workshop"),
            Optional.of("llamacpp"),
            Optional.of("Q4_K_M"),
            OptionalInt.of(16384),
            OptionalLong.of(4_920_739_232L),
            OptionalLong.of(8_030_261_248L),
            1,
            OptionalInt.of(0),
            OptionalInt.of(3),
            false,
            Optional.of(new ModelPerformance(
                    OptionalDouble.of(180),
                    OptionalDouble.of(420.126),
                    OptionalDouble.of(41.2),
                    OptionalDouble.empty(),
                    OptionalDouble.of(9.5),
                    OptionalDouble.of(0),
                    128)),
            "",
            List.of());
    private static final ModelCard UNKNOWN = new ModelCard(
            "mystery",
            "alias",
            Instant.EPOCH,
            Set.of(Operation.EMBEDDING),
            Set.of(),
            ServiceHealth.DEGRADED,
            false,
            true,
            1,
            List.of("attic"),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            0.5,
            OptionalInt.empty(),
            OptionalInt.empty(),
            true,
            Optional.empty(),
            "",
            List.of());

    private final List<Ask> asked = new ArrayList<>();
    private final OpenAiFacade facade = new OpenAiFacade(
            ask -> {
                asked.add(ask);
                return new NoExchange();
            },
            new FixedCatalogue(List.of(UNKNOWN, KNOWN)));

    @Test
    void listsModelsWithAllThatIsKnown() throws Exception {
        Json list = json(call("GET", "/v1/models", "", ""));

        assertThat(list.get("object").asString()).contains("list");
        assertThat(list.get("data").items().get(1)).hasToString("""
                {"id":"org/qwen3","object":"model","created":1700000000,"owned_by":"geniehive","name":"org/qwen3",\
                "context_length":16384,"max_model_len":16384,\
                "architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},\
                "supported_parameters":["max_tokens","temperature","top_p","stop","seed","frequency_penalty",\
                "presence_penalty","tools","tool_choice"],\
                "geniehive":{"kind":"asset","operation":"chat","health":"healthy","loaded":true,"loadable":true,\
                "replicas":2,"hosts":["attic","workshop"],"engine":"llamacpp","quantization":"Q4_K_M",\
                "size_bytes":4920739232,"parameters":8030261248,"cost":1,"queue_depth":0,"free_slots":3,\
                "simulated":false,"performance":{"ttft_ms_p50":180,"ttft_ms_p95":420.13,"tokens_per_second":41.2,\
                "load_seconds":9.5,"error_rate":0,"samples":128}}}""");
    }

    @Test
    void leavesOutWhatIsNotKnown() throws Exception {
        Json list = json(call("GET", "/v1/models", "", ""));

        assertThat(list.get("data").items().getFirst()).hasToString("""
                {"id":"mystery","object":"model","created":0,"owned_by":"geniehive","name":"mystery",\
                "architecture":{"input_modalities":["text"],"output_modalities":["embeddings"]},\
                "supported_parameters":["encoding_format"],\
                "geniehive":{"kind":"alias","operation":"embedding","health":"degraded","loaded":false,\
                "loadable":true,"replicas":1,"hosts":["attic"],"cost":0.5,"simulated":true}}""");
    }

    @Test
    void showsOneModelWhoseNameHoldsASlash() throws Exception {
        Json model = json(call("GET", "/v1/models/{id...}", "org/qwen3", ""));

        assertThat(model.get("id").asString()).contains("org/qwen3");
    }

    @Test
    void saysThatAModelIsUnknown() {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> call("GET", "/v1/models/{id...}", "gpt-5", ""))
                .satisfies(e -> assertThat(e.problem().envelope()).hasToString("""
                        {"error":{"message":"Nothing in the hive is called 'gpt-5'. See GET /v1/models.",\
                        "type":"invalid_request_error","param":"model","code":"model_not_found"}}"""));
    }

    @Test
    void asksTheGatewayForWhatThePathStandsFor() throws Exception {
        call("POST", "/v1/chat/completions", "", "{\"model\":\"a\",\"stream\":true}");
        call("POST", "/v1/completions", "", "{\"model\":\"b\"}");
        call("POST", "/v1/embeddings", "", "{\"model\":\"c\"}");

        assertThat(asked)
                .extracting(Ask::operation)
                .containsExactly(Operation.CHAT, Operation.COMPLETION, Operation.EMBEDDING);
        assertThat(asked).extracting(ask -> ask.body().facts().model()).containsExactly("a", "b", "c");
    }

    @Test
    void speaksEventsToAClientThatWantsAStream() throws Exception {
        Dialect dialect = dialect("{\"model\":\"a\",\"stream\":true}");
        Problem problem = new Problem(ErrorKind.UNAVAILABLE, "All went away.");

        assertThat(dialect.streamType()).isEqualTo("text/event-stream; charset=utf-8");
        assertThat(dialect.waiting(
                        new Progress.Waiting("queued", OptionalInt.of(2), Optional.of(Duration.ofMillis(11_500)))))
                .asString()
                .isEqualTo(": waiting, queued at position 2, about 12 s\n\n");
        assertThat(dialect.waiting(new Progress.Waiting("loading", OptionalInt.empty(), Optional.empty())))
                .asString()
                .isEqualTo(": waiting, loading\n\n");
        assertThat(dialect.brokenOff(problem)).asString().isEqualTo("""
                data: {"error":{"message":"All went away.","type":"service_unavailable_error","param":null,\
                "code":"no_healthy_service","status":503}}

                data: [DONE]

                """);
        assertThat(dialect.refused(problem).status()).isEqualTo(503);
    }

    @Test
    void writesNothingButTheAnswerToAClientThatWantsADocument() throws Exception {
        Dialect dialect = dialect("{\"model\":\"a\"}");

        assertThat(dialect.waiting(new Progress.Waiting("queued", OptionalInt.of(1), Optional.empty())))
                .isEmpty();
        assertThat(dialect.brokenOff(new Problem(ErrorKind.INTERNAL, "x"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/audio/transcriptions | false | file@RIFF,model=w
            /v1/audio/transcriptions | true  | stream=true,file@RIFF,model=w,response_format=text
            /v1/audio/translations   | false | model=w,file@RIFF,timestamp_granularities[]=word,timestamp_granularities[]=segment
            """)
    void asksForWhatIsSaid(String path, boolean events, String form) throws Exception {
        Answer.Relayed relayed = (Answer.Relayed) call("POST", path, "", form.replace(',', '\n'));

        assertThat(relayed.dialect()).isEqualTo(events ? OpenAiDialect.STREAM : OpenAiDialect.WHOLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model=w                                   | missing_file    | file
            model=w,file=RIFF                         | missing_file    | file
            model=w,file@                             | empty_file      | file
            model=w,file@RIFF,file@RIFF               | duplicate_field | file
            file@RIFF,language=de,language=en         | duplicate_field | language
            file@RIFF,prompt=a,prompt=b               | duplicate_field | prompt
            file@RIFF,response_format=mp3             | invalid_request | response_format
            file@RIFF,response_format@json            | invalid_request | response_format
            file@RIFF,prompt@hello                    | invalid_request | prompt
            """)
    void refusesAFormThatLacksOrRepeatsSomething(String form, String code, String param) {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> call("POST", "/v1/audio/transcriptions", "", form.replace(',', '\n')))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.problem().param()).contains(param));
    }

    private Dialect dialect(String body) throws Exception {
        return ((Answer.Relayed) call("POST", "/v1/chat/completions", "", body)).dialect();
    }

    private Answer call(String method, String pattern, String id, String body) throws InterruptedException {
        Route route = facade.routes().stream()
                .filter(r -> r.method().equals(method) && r.pattern().equals(pattern))
                .findFirst()
                .orElseThrow();
        return route.handler().handle(new FakeRequest(method, pattern, id, body));
    }

    private static Json json(Answer answer) throws IOException {
        Answer.Whole whole = (Answer.Whole) answer;
        assertThat(whole.status()).isEqualTo(200);
        return Json.parse(new String(whole.body().open().readAllBytes(), StandardCharsets.UTF_8));
    }

    private record FakeRequest(String method, String path, String id, String text) implements ApiRequest {
        @Override
        public String param(String name) {
            return id;
        }

        @Override
        public Optional<String> query(String name) {
            return Optional.empty();
        }

        @Override
        public Headers headers() {
            return Headers.NONE;
        }

        @Override
        public Caller caller() {
            return new Caller("someone", "req-1");
        }

        @Override
        public Body json() {
            return FakeBody.json(text);
        }

        /** Of lines {@code name=value}, and {@code name@content} for a file. */
        @Override
        public Body form() {
            FakeForm form = FakeForm.empty();
            for (String line : text.lines().toList()) {
                String[] file = line.split("@", 2);
                String[] field = line.split("=", 2);
                form = file.length == 2
                        ? form.file(file[0], "talk.wav", "audio/wav", file[1])
                        : form.field(field[0], field[1]);
            }
            return form;
        }
    }

    private record FixedCatalogue(List<ModelCard> cards) implements Catalogue {
        @Override
        public List<ModelCard> models(Caller caller) {
            return cards;
        }

        @Override
        public Optional<ModelCard> model(Caller caller, String id) {
            return cards.stream().filter(card -> card.id().equals(id)).findFirst();
        }
    }

    private record NoExchange() implements Exchange {
        @Override
        public Progress await(Duration atMost) {
            throw new IllegalStateException("the facade leaves waiting to the platform");
        }

        @Override
        public void close() {}
    }
}
