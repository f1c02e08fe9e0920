package dev.geniehive.it.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.it.client.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FakeEngineTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String STREAM =
            "{\"model\":\"fake-model\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
    private static final String WHOLE = "{\"model\":\"fake-model\",\"messages\":[]}";

    @ParameterizedTest
    @CsvSource({
        "LLAMACPP, /props, build_info",
        "LLAMACPP, /health, ok",
        "LLAMACPP, /slots, is_processing",
        "LLAMACPP, /v1/models, n_ctx_train",
        "LLAMACPP, /metrics, llamacpp:requests_processing 0",
        "OLLAMA, /, Ollama is running",
        "OLLAMA, /api/version, version",
        "OLLAMA, /api/tags, Q4_K_M",
        "OLLAMA, /api/ps, size_vram",
        "VLLM, /version, version",
        "VLLM, /v1/models, max_model_len",
        "VLLM, /metrics, vllm:num_requests_running",
        "OPENAI, /v1/models, fake-model",
        "WHISPERCPP, /health, ok",
        "SPEACHES, /health, OK",
        "SPEACHES, /api/ps, fake-model",
        "SPEACHES, /v1/models, automatic-speech-recognition",
        "TEI, /info, model_sha",
        "TEI, /metrics, te_queue_size",
        "LLAMAFILE, /health, ok",
        "SGLANG, /server_info, max_running_requests",
        "SGLANG, /v1/loads, num_waiting_reqs",
        "LOCALAI, /.well-known/localai.json, endpoints",
        "LOCALAI, /system, loaded_models",
        "TABBYAPI, /.well-known/serviceinfo, TabbyAPI",
        "TABBYAPI, /v1/model, max_seq_len",
        "LEMONADE, /v1/health, all_models_loaded",
        "LEMONADE, /v1/models, recipe",
        "MLX, /health, ok",
        "KOBOLDCPP, /api/extra/version, KoboldCpp",
        "KOBOLDCPP, /v1/models, koboldcpp/fake-model",
        "INFINITY, /health, unix",
        "INFINITY, /models, capabilities"
    })
    void tellsAboutItselfAsTheRealOneDoes(Flavor flavor, String path, String word) throws IOException {
        try (FakeEngine engine = FakeEngine.start(flavor, Knobs.defaults());
                RawClient client = RawClient.connect(engine.port())) {
            RawClient.Head head = client.get(path).head();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("server").orElse("")).isEqualTo(flavor.server());
            assertThat(client.text()).contains(word);
            assertThat(client.get("/nothing/here").head().status()).isEqualTo(404);
        }
    }

    @Test
    void answersEverythingWithSuccessAsLmStudioDoes() throws IOException {
        try (FakeEngine engine =
                        FakeEngine.start(Flavor.LMSTUDIO, Knobs.defaults().with("cloud", "far"));
                RawClient client = RawClient.connect(engine.port())) {
            assertThat(client.get("/lmstudio-greeting").head().status()).isEqualTo(200);
            assertThat(client.text()).contains("true");
            client.get("/api/v1/models").head();
            assertThat(client.text()).contains("loaded_instances", "deviceIdentifier");
            assertThat(client.get("/nothing/here").head().status()).isEqualTo(200);
            assertThat(client.text()).contains("Unexpected endpoint");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LLAMACPP", "OLLAMA", "VLLM", "OPENAI"})
    void streamsAndAnswersWholeOnOneConnection(Flavor flavor) throws IOException {
        try (FakeEngine engine = FakeEngine.start(flavor, Knobs.defaults().with("tokens", 2));
                RawClient client = RawClient.connect(engine.port())) {
            client.post(CHAT, STREAM).head();
            assertThat(client.chunks())
                    .extracting(RawClient.Chunk::text)
                    .hasSize(6)
                    .allSatisfy(event -> assertThat(event).startsWith("data: ").endsWith("\n\n"))
                    .satisfies(events -> assertThat(events.get(2)).contains("tok1 "))
                    .satisfies(events -> assertThat(events.get(4)).contains("\"completion_tokens\":2"))
                    .last()
                    .isEqualTo("data: [DONE]\n\n");
            client.post(CHAT, WHOLE).head();
            assertThat(client.text()).contains("tok0 tok1 ").contains("chat.completion\"");

            assertThat(engine.seen()).hasSize(2).extracting(Seen::connection).containsOnly(1);
            assertThat(engine.seen().getFirst().body()).asString(UTF_8).isEqualTo(STREAM);
        }
    }

    @Test
    void splitsEventsIntoOddWritesWithoutChangingThem() throws IOException {
        Knobs pieces = Knobs.defaults().with("piece-bytes", 7);
        try (FakeEngine odd = FakeEngine.start(Flavor.VLLM, pieces);
                FakeEngine even = FakeEngine.start(Flavor.VLLM, Knobs.defaults());
                RawClient first = RawClient.connect(odd.port());
                RawClient second = RawClient.connect(even.port())) {
            first.post(CHAT, STREAM).head();
            second.post(CHAT, STREAM).head();

            assertThat(first.text()).isEqualTo(second.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rst", "fin"})
    void diesAfterSomeTokens(String death) throws Exception {
        Knobs knobs = Knobs.defaults().with("die-after", 2).with("death", death);
        try (FakeEngine engine = FakeEngine.start(Flavor.OPENAI, knobs);
                RawClient client = RawClient.connect(engine.port())) {
            client.post(CHAT, STREAM).head();

            assertThatExceptionOfType(death.equals("rst") ? SocketException.class : EOFException.class)
                    .isThrownBy(client::chunks);
            assertThat(engine.await(seen -> seen.endedMs().isPresent()).tokens())
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"hang, true", "silent-after, 1", "first-ms, 60000", "token-ms, 60000", "piece-ms, 60000"})
    void noticesThatItsClientHungUp(String knob, String value) throws Exception {
        try (FakeEngine engine =
                FakeEngine.start(Flavor.LLAMACPP, Knobs.defaults().with(knob, value))) {
            RawClient client = RawClient.connect(engine.port()).post(CHAT, STREAM);
            engine.await(seen -> seen.isFor(CHAT));
            assertThat(engine.inFlight()).isOne();

            client.close();

            Seen seen =
                    engine.await(s -> s.hungUpMs().isPresent() && s.endedMs().isPresent());
            assertThat(seen.endedMs().getAsLong()).isLessThan(20_000);
            assertThat(engine.inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "html, text/html, <html>",
        "empty, text/event-stream, ''",
        "done-only, text/event-stream, 'data: [DONE]'",
        "error-first, text/event-stream, 'data: {\"error\":'"
    })
    void answersNonsense(String mode, String type, String start) throws IOException {
        try (FakeEngine engine = FakeEngine.start(Flavor.VLLM, Knobs.defaults().with("mode", mode));
                RawClient client = RawClient.connect(engine.port())) {
            RawClient.Head head = client.post(CHAT, STREAM).head();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).contains(type);
            assertThat(client.text()).startsWith(start).doesNotContain("tok");
        }
    }

    @Test
    void turnsItsKnobsAtRunTimeAndTellsWhatItSaw() throws IOException {
        try (FakeEngine engine = FakeEngine.start(Flavor.OPENAI, Knobs.defaults());
                RawClient client = RawClient.connect(engine.port())) {
            client.post(
                    "/__knobs",
                    "{\"status\": 429, \"retry_after\": \"7\", \"body\": \"{\\\"error\\\":\\\"\\u00e4\\\"}\"}");
            assertThat(client.head().status()).isEqualTo(200);
            client.body();

            RawClient.Head head = client.post(CHAT, WHOLE).head();
            assertThat(head.status()).isEqualTo(429);
            assertThat(head.header("retry-after")).contains("7");
            assertThat(client.text()).isEqualTo("{\"error\":\"ä\"}");

            client.post("/__knobs", "{\"nonsense\":1}").head();
            assertThat(client.text()).contains("no knob is called 'nonsense'");
            client.get("/__seen").head();
            assertThat(client.text())
                    .contains("\"in_flight\":0", "\"target\":\"/v1/chat/completions\"", "\"body\":\"ey");
        }
    }

    @Test
    void refusesConnectionsAndTakesThemAgain() throws IOException {
        try (FakeEngine engine = FakeEngine.start(Flavor.OPENAI, Knobs.defaults())) {
            engine.turn("refuse-ms", -1);
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> RawClient.connect(engine.port()));

            engine.turn("refuse-ms", 0);
            try (RawClient client = RawClient.connect(engine.port())) {
                assertThat(client.get("/v1/models").head().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void endsWithoutDoneAndWithAnErrorInTheMiddle() throws IOException {
        try (FakeEngine engine =
                        FakeEngine.start(Flavor.LLAMACPP, Knobs.defaults().with("mode", "no-done"));
                RawClient client = RawClient.connect(engine.port())) {
            client.post(CHAT, STREAM).head();
            assertThat(client.text()).contains("tok4").doesNotContain("[DONE]");

            engine.turn(Knobs.defaults().with("error-after", 1));
            client.post(CHAT, STREAM).head();
            assertThat(client.text()).contains("tok0").doesNotContain("tok1").endsWith("\"server_error\"}}\n\n");
        }
    }

    @Test
    void resetsAReusedConnectionAndAsksForItsKey() throws IOException {
        Knobs knobs = Knobs.defaults().with("die-on-reuse", true).with("key", "s3cret");
        try (FakeEngine engine = FakeEngine.start(Flavor.VLLM, knobs);
                RawClient client = RawClient.connect(engine.port())) {
            assertThat(client.get("/v1/models").head().status()).isEqualTo(401);
            client.body();

            client.get("/v1/models", "Authorization: Bearer s3cret");
            assertThatExceptionOfType(SocketException.class).isThrownBy(client::head);
            assertThat(RawClient.connect(engine.port())
                            .get("/v1/models", "Authorization: Bearer s3cret")
                            .head()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void readsSlowly() throws Exception {
        try (FakeEngine engine =
                        FakeEngine.start(Flavor.OPENAI, Knobs.defaults().with("read-ms", 10));
                RawClient client = RawClient.connect(engine.port())) {
            String body = "{\"model\":\"fake-model\",\"x\":\"%s\"}".formatted("x".repeat(30 * 1024));
            long start = System.nanoTime();

            RawClient.Head head = client.post(CHAT, body).head();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.nanos() - start).isGreaterThan(30 * 10_000_000L);
            assertThat(engine.seen().getFirst().body()).hasSize(body.length());
        }
    }

    @Test
    void sendsItsHeadEarlyAndItsTokensLater() throws IOException {
        Knobs knobs =
                Knobs.defaults().with("early-head", true).with("first-ms", 200).with("tokens", 1);
        try (FakeEngine engine = FakeEngine.start(Flavor.VLLM, knobs);
                RawClient client = RawClient.connect(engine.port())) {
            RawClient.Head head = client.post(CHAT, STREAM).head();

            assertThat(client.chunk().orElseThrow().nanos() - head.nanos()).isGreaterThan(100_000_000);
        }
    }

    @Test
    void loadsBeforeItAnswers() throws IOException {
        try (FakeEngine engine =
                        FakeEngine.start(Flavor.LLAMACPP, Knobs.defaults().with("loading", true));
                RawClient client = RawClient.connect(engine.port())) {
            assertThat(client.get("/health").head().status()).isEqualTo(503);
            assertThat(client.text()).contains("Loading model", "unavailable_error");

            engine.turn("loading", false);
            assertThat(client.post("/v1/embeddings", WHOLE).head().status()).isEqualTo(200);
            assertThat(client.text()).contains("\"embedding\":[0.25");
        }
    }

    @Test
    void tellsNewsToThoseWhoWaitForThem() throws Exception {
        try (FakeEngine engine =
                        FakeEngine.start(Flavor.OPENAI, Knobs.defaults().with("hang", true));
                RawClient waiting = RawClient.connect(engine.port());
                RawClient hanging = RawClient.connect(engine.port())) {
            waiting.get("/__seen").head();
            String version = waiting.text().replaceFirst(".*\"version\":(\\d+).*", "$1");
            waiting.get("/__seen?wait_ms=9000&version=" + version);

            hanging.post(CHAT, STREAM);

            assertThat(waiting.head().status()).isEqualTo(200);
            assertThat(waiting.text()).contains("\"in_flight\":1", "\"hung_up_ms\":null");
        }
    }

    @Test
    void speaksOllamasOwnProtocol() throws IOException {
        try (FakeEngine engine =
                        FakeEngine.start(Flavor.OLLAMA, Knobs.defaults().with("tokens", 1));
                RawClient client = RawClient.connect(engine.port())) {
            client.post("/api/chat", WHOLE).head();

            assertThat(client.text().lines().toList())
                    .hasSize(2)
                    .satisfies(lines -> assertThat(lines.getFirst()).contains("tok0"))
                    .last()
                    .asString()
                    .contains("\"done\":true");
        }
    }

    @Test
    void runsAsAProcessOfItsOwn() throws IOException {
        try (FakeEngineProcess engine =
                        FakeEngineProcess.start("--flavor", "ollama", "--tokens", "1", "--models", "a,b");
                RawClient client = RawClient.connect(engine.port())) {
            client.get("/api/tags").head();
            assertThat(client.text()).contains("\"name\":\"a\"", "\"name\":\"b\"");

            client.post("/v1/completions", "{\"model\":\"b\",\"prompt\":\"x\"}").head();
            assertThat(client.text()).contains("text_completion", "tok0");

            engine.process().destroyForcibly();
            assertThat(endsSomehow(client)).isTrue();
        }
    }

    private static boolean endsSomehow(RawClient client) {
        try {
            return client.isClosedByPeer();
        } catch (IOException reset) {
            return true;
        }
    }
}
