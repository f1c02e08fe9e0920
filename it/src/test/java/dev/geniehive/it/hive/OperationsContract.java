package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import dev.geniehive.it.engine.Seen;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Embeddings, transcriptions, translations and rankings, by engines of all kinds. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OperationsContract {
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String RERANK = "/v1/rerank";
    static final String TRANSCRIPTIONS = "/v1/audio/transcriptions";
    private static final String TRANSLATIONS = "/v1/audio/translations";
    private static final int LARGE = 100 << 20;

    private final FakeEngine speaches = start(Flavor.SPEACHES, "org/large-v3");
    private final FakeEngine whisperCpp = start(Flavor.WHISPERCPP, "whisper");
    private final FakeEngine vectors = start(Flavor.OPENAI, "org/vectors");
    private final FakeEngine llama = start(Flavor.LLAMACPP, "ranks.gguf");
    private final FakeEngine vllm = start(Flavor.VLLM, "org/ear");
    private final List<FakeEngine> engines = List.of(speaches, whisperCpp, vectors, llama, vllm);
    private final Path folder;
    private final int atOnce;
    final Place hive;

    /** @param atOnce so many large recordings are sent at the same time */
    OperationsContract(Form form, Path folder, int atOnce) {
        this.folder = folder;
        this.atOnce = atOnce;
        hive = form.start(
                folder,
                "server: { max-upload: 150MiB, max-body: 8MiB }\n",
                List.of(
                        service("", speaches, 1, "whisper-1: org/large-v3"),
                        service("", whisperCpp, 2, "whisper-1: whisper"),
                        service("openai-compatible", vectors, 3, "vectors: org/vectors"),
                        service("llamacpp", llama, 4, "ranks: ranks.gguf"),
                        service("vllm", vllm, 5, "ear: org/ear")));
    }

    private static FakeEngine start(Flavor flavor, String model) {
        return FakeEngine.start(flavor, good(model));
    }

    private static Knobs good(String model) {
        return Knobs.defaults()
                .with("models", model)
                .with("loaded", model)
                .with("keep-alive", false)
                .with("keep-bytes", 64 * 1024);
    }

    /** @param kind the engine; empty for one that has to be found out */
    private static String service(String kind, FakeEngine engine, int number, String alias) {
        return "{ name: e%d, url: \"%s\", %s cost: %d, aliases: { %s }, max-concurrent: 8 }"
                .formatted(
                        number,
                        engine.uri(),
                        kind.isEmpty() ? "" : "engine: " + kind + ",",
                        number,
                        alias.replaceFirst(": (.*)", ": \"$1\""));
    }

    @BeforeEach
    void allBehave() {
        engines.forEach(engine -> engine.turn(good(engine.knobs().values().getOrDefault("models", ""))));
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.forEach(FakeEngine::close);
    }

    @Test
    void findsOutWhoHearsAndSaysSo() throws Exception {
        JsonNode services =
                Reply.getAsOperator(hive.front(), "/v1/cluster/services").json().get("data");
        JsonNode card = Reply.get(hive.front(), "/v1/models/whisper-1").json();

        assertThat(services.findValuesAsText("engine"))
                .containsExactlyInAnyOrder("speaches", "whispercpp", "openai-compatible", "llamacpp", "vllm");
        assertThat(card.at("/geniehive/operation").asText()).isEqualTo("transcription");
        assertThat(card.at("/geniehive/replicas").asInt()).isEqualTo(2);
        assertThat(card.at("/architecture/input_modalities/0").asText()).isEqualTo("audio");
    }

    @Test
    void embedsTextsAndTokensInTheirOrder() throws Exception {
        Reply text = Reply.post(hive.front(), EMBEDDINGS, "{\"model\":\"vectors\",\"input\":\"Once\"}");
        Reply tokens = Reply.post(hive.front(), EMBEDDINGS, "{\"model\":\"vectors\",\"input\":[1,2,3]}");
        Reply texts = Reply.post(hive.front(), EMBEDDINGS, "{\"model\":\"vectors\",\"input\":[\"abc\",\"a\"]}");
        Reply arrays = Reply.post(hive.front(), EMBEDDINGS, "{\"model\":\"vectors\",\"input\":[[5,6],[7]]}");

        assertThat(text.json().at("/data/0/embedding/0").asDouble())
                .as(text.text())
                .isEqualTo(0.25);
        assertThat(tokens.json().at("/data/0/embedding/0").asInt()).isEqualTo(6);
        assertThat(firsts(texts)).containsExactly(3, 1);
        assertThat(firsts(arrays)).containsExactly(11, 7);
        assertThat(arrays.json().at("/usage/prompt_tokens").asInt()).isEqualTo(7);
        assertThat(lastBody(vectors)).isEqualTo("{\"model\":\"org/vectors\",\"input\":[[5,6],[7]]}");
        awaitMetric("gen_ai_client_token_usage_sum\\{[^}]*embedding[^}]*org/vectors");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void embedsThousandsOfTextsInBase64WhetherTheEngineKnowsItOrNot(boolean known) throws Exception {
        vectors.turn(
                vectors.knobs().with("base64", known).with("dimensions", 256).with("keep-bytes", -1));
        String inputs = String.join(
                ",",
                IntStream.range(0, 2048)
                        .mapToObj(i -> "\"" + "x".repeat(1 + i % 500) + "\"")
                        .toList());

        Reply reply = Reply.post(
                hive.front(),
                EMBEDDINGS,
                "{\"encoding_format\":\"base64\",\"input\":[%s],\"model\":\"vectors\"}".formatted(inputs));

        JsonNode data = reply.json().get("data");
        assertThat(data).hasSize(2048);
        for (int i = 0; i < 2048; i++) {
            byte[] bytes =
                    Base64.getDecoder().decode(data.get(i).get("embedding").asText());
            assertThat(bytes).hasSize(256 * Float.BYTES);
            assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat())
                    .isEqualTo(1 + i % 500);
            assertThat(data.get(i).get("index").asInt()).isEqualTo(i);
        }
    }

    @Test
    void embedsInAsManyDimensionsAsAreAskedForOrRefuses() throws Exception {
        String body = "{\"model\":\"vectors\",\"input\":\"Once\",\"dimensions\":2}";

        Reply refused = Reply.post(hive.front(), EMBEDDINGS, body);
        vectors.turn("elastic", true);
        Reply done = Reply.post(hive.front(), EMBEDDINGS, body);

        assertThat(refused.refused(400, "invalid_request_error", "invalid_request")
                        .text())
                .contains("3 numbers");
        assertThat(done.json().at("/data/0/embedding")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"/v1/rerank,ranks", "/v2/rerank,ranks", "/v1/rerank,vectors", "/v1/rerank,ear"})
    void ranksTextsTheBestFirst(String path, String model) throws Exception {
        Reply reply = Reply.post(
                hive.front(),
                path,
                "{\"model\":\"%s\",\"query\":\"q\",\"documents\":[\"one\",\"three three\",{\"text\":\"two two\"}],\"top_n\":2,\"return_documents\":true}"
                        .formatted(model));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/results").findValuesAsText("index")).containsExactly("1", "2");
        assertThat(reply.json().at("/results/1/document/text").asText()).isEqualTo("two two");
        assertThat(reply.json().at("/results/0/relevance_score").asDouble()).isEqualTo(0.11);
        assertThat(reply.json().at("/usage/prompt_tokens").asInt()).isEqualTo(9);
    }

    @Test
    void refusesToRankNothing() throws Exception {
        Reply.post(hive.front(), RERANK, "{\"model\":\"ranks\",\"query\":\"q\",\"documents\":[]}")
                .refused(400, "invalid_request_error", "invalid_request");
        Reply.post(hive.front(), RERANK, "{\"query\":\"q\",\"documents\":[\"a\"]}")
                .refused(400, "invalid_request_error", "missing_model");
        Reply.post(hive.front(), RERANK, "{\"model\":\"nope\",\"query\":\"q\",\"documents\":[\"a\"]}")
                .refused(404, "invalid_request_error", "model_not_found");
        Reply.post(hive.front(), RERANK, "{\"model\":\"whisper-1\",\"query\":\"q\",\"documents\":[\"a\"]}")
                .refused(400, "invalid_request_error", "unsupported_operation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            org/large-v3 | json         | application/json | {"text":"tok0 tok1 "}
            whisper      | json         | application/json | {"text":"tok0 tok1 "}
            org/large-v3 | text         | text/plain       | tok0 tok1
            whisper      | text         | text/plain       | tok0 tok1
            org/large-v3 | srt          | text/plain       | 00:00:00,000 --> 00:00:02,500
            whisper      | srt          | application/x-su | 00:00:00,000 --> 00:00:02,500
            org/large-v3 | vtt          | text/plain       | WEBVTT
            whisper      | vtt          | text/vtt         | WEBVTT
            org/large-v3 | verbose_json | application/json | "duration":2.5
            whisper      | verbose_json | application/json | "words":[{"word":"tok0","start":0.0,"end":1.25}]
            """)
    void transcribesInEveryFormat(String model, String format, String type, String words) throws Exception {
        engines.forEach(engine -> engine.turn("tokens", 2));

        Reply reply = new Upload()
                .field("timestamp_granularities[]", "word")
                .field("response_format", format)
                .file(1000)
                .field("model", model)
                .post(hive.front(), TRANSCRIPTIONS);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("content-type").orElse("")).startsWith(type);
        assertThat(reply.text()).contains(words);
        assertThat(reply.header("x-geniehive-model")).contains(model);
    }

    @Test
    void translates() throws Exception {
        for (String model : List.of("org/large-v3", "whisper")) {
            Reply reply = new Upload()
                    .field("model", model)
                    .field("response_format", "verbose_json")
                    .file(1000)
                    .post(hive.front(), TRANSLATIONS);

            assertThat(reply.json().get("task").asText()).isEqualTo("translate");
        }
        awaitMetric("geniehive_audio_seconds_total\\{[^}]*translation[^}]*} [0-9.]+");
    }

    /** The client has its answer before what it took is counted. */
    private void awaitMetric(String pattern) throws Exception {
        Pattern wanted = Pattern.compile(pattern);
        Eventually.see(
                10,
                () -> Outcome.get(hive.port(), "/metrics"),
                metrics -> wanted.matcher(metrics).find());
    }

    @ParameterizedTest
    @CsvSource({"org/large-v3,5", "whisper,1", "ear,5"})
    void streamsTranscriptsInOneDialect(String model, int deltas) throws Exception {
        Reply reply = new Upload()
                .field("model", model)
                .field("stream", "true")
                .file(1000)
                .post(hive.front(), TRANSCRIPTIONS);

        List<String> events =
                reply.text().lines().filter(line -> line.startsWith("data:")).toList();
        assertThat(reply.header("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(events).hasSize(deltas + 2).last().isEqualTo("data: [DONE]");
        assertThat(events.getFirst()).contains("transcript.text.delta", "tok0 ");
        assertThat(events.get(deltas)).contains("transcript.text.done", "tok0 tok1 tok2 tok3 tok4 ");
    }

    @Test
    void endsAStreamThatBreaksOffWithAnError() throws Exception {
        speaches.turn("die-after", 2);

        Reply reply = new Upload()
                .field("model", "org/large-v3")
                .field("stream", "true")
                .file(1000)
                .post(hive.front(), TRANSCRIPTIONS);

        assertThat(reply.text()).contains("tok1 ", "\"error\":{").endsWith("data: [DONE]\n\n");
    }

    @Test
    void passesTheFormOnByteForByteButForTheModel() throws Exception {
        Upload before =
                new Upload().field("model", "whisper-1").field("x y", "ü").file(70_000);
        Upload after = new Upload().file(70_000).field("language", "de").field("model", "whisper-1");

        before.post(hive.front(), TRANSCRIPTIONS);
        assertThat(last(speaches).body())
                .isEqualTo(new Upload()
                        .field("model", "org/large-v3")
                        .field("x y", "ü")
                        .file(70_000)
                        .bytes());
        assertThat(last(speaches).header("content-type")).contains(Upload.TYPE);
        after.post(hive.front(), TRANSCRIPTIONS);
        assertThat(last(speaches).body())
                .isEqualTo(new Upload()
                        .file(70_000)
                        .field("language", "de")
                        .field("model", "org/large-v3")
                        .bytes());
    }

    @Test
    void sendsTheFormAgainToAnEngineOfAnotherKind() throws Exception {
        speaches.turn("die-after", 0);

        Reply reply = new Upload()
                .field("model", "whisper-1")
                .field("response_format", "text")
                .file(3 << 20)
                .post(hive.front(), TRANSCRIPTIONS);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("x-geniehive-attempts")).contains("2");
        assertThat(reply.header("x-geniehive-service")).contains(hive.service(2));
        assertThat(new String(last(whisperCpp).body(), ISO_8859_1))
                .contains("name=\"file\"; filename=\"talk.wav\"", "name=\"language\"\r\n\r\nauto")
                .doesNotContain("name=\"model\"");
        Eventually.see(
                10, this::spooled, List::isEmpty); // the client has its answer before the process has put all away
    }

    @Test
    void takesFormsInChunksAndFromThoseWhoAskFirst() throws Exception {
        byte[] form = new Upload().file(300_000).field("model", "whisper-1").bytes();
        String head =
                "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\n".formatted(TRANSCRIPTIONS, Upload.TYPE);
        try (RawClient chunking = RawClient.connect(hive.port());
                RawClient asking = RawClient.connect(hive.port())) {
            chunking.send(head + "Transfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < form.length; at += 7000) {
                byte[] chunk = Arrays.copyOfRange(form, at, Math.min(form.length, at + 7000));
                chunking.send("%x\r\n".formatted(chunk.length)).send(chunk).send("\r\n");
            }
            chunking.send("0\r\n\r\n");
            assertThat(Reply.of(chunking).status()).isEqualTo(200);

            asking.send(head + "Expect: 100-continue\r\nContent-Length: %d\r\n\r\n".formatted(form.length));
            assertThat(asking.head().status()).isEqualTo(100);
            asking.send(form);
            assertThat(Reply.of(asking).status()).isEqualTo(200);
        }
        assertThat(heard(speaches).getLast().header("x-fake-sha256"))
                .contains(new Upload()
                        .file(300_000)
                        .field("model", "org/large-v3")
                        .digest());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            multipart/form-data                | 400 | malformed_form
            multipart/form-data; boundary=     | 400 | malformed_form
            multipart/form-data; boundary=b    | 400 | malformed_form
            multipart/mixed; boundary=b        | 415 | unsupported_media_type
            application/json                   | 415 | unsupported_media_type
            """)
    void refusesWhatIsNoForm(String type, int status, String code) throws Exception {
        Reply reply = Reply.raw(
                hive.front(),
                "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: 2\r\n\r\n{}"
                        .formatted(TRANSCRIPTIONS, type));

        reply.refused(status, "invalid_request_error", code);
    }

    @Test
    void refusesFormsThatLackOrRepeatSomething() throws Exception {
        int before = heard(speaches).size() + heard(whisperCpp).size();

        refused(new Upload().field("model", "whisper-1"), "missing_file");
        refused(new Upload().field("model", "whisper-1").field("file", "RIFF"), "missing_file");
        refused(new Upload().field("model", "whisper-1").file(0), "empty_file");
        refused(new Upload().file(10), "missing_model");
        refused(new Upload().file(10).field("model", "a").field("model", "b"), "duplicate_field");
        refused(new Upload().file(10).file(10).field("model", "whisper-1"), "duplicate_field");
        refused(new Upload().file("file", "../../etc/passwd", 10).field("model", "whisper-1"), "invalid_filename");
        refused(new Upload().file("file", "c:\\\\a.wav", 10).field("model", "whisper-1"), "invalid_filename");
        refused(new Upload().file(10).field("model", "whisper-1").field("response_format", "mp3"), "invalid_request");
        refused(new Upload().file(10).field("model", "whisper-1").field("stream", "maybe"), "invalid_request");
        new Upload()
                .file(10)
                .field("model", "nope")
                .post(hive.front(), TRANSCRIPTIONS)
                .refused(404, "invalid_request_error", "model_not_found");
        new Upload()
                .file(10)
                .field("model", "whisper-1")
                .field("prompt", "x".repeat(2 << 20))
                .post(hive.front(), TRANSCRIPTIONS)
                .refused(413, "invalid_request_error", "request_too_large");

        assertThat(heard(speaches).size() + heard(whisperCpp).size()).isEqualTo(before);
        Eventually.see(
                10, this::spooled, List::isEmpty); // the client has its answer before the process has put all away
    }

    private void refused(Upload upload, String code) throws IOException {
        upload.post(hive.front(), TRANSCRIPTIONS).refused(400, "invalid_request_error", code);
    }

    @Test
    void refusesUploadsThatAreTooLargeBeforeTheyAreSent() throws Exception {
        Upload upload = new Upload().field("model", "whisper-1").file(151 << 20);
        try (RawClient client = RawClient.connect(hive.port())) {
            upload.send(client, TRANSCRIPTIONS, 10_000);

            Reply.of(client).refused(413, "invalid_request_error", "request_too_large");
        }
        Eventually.see(
                10, this::spooled, List::isEmpty); // the client has its answer before the process has put all away
    }

    @Test
    void holdsKeysToTheirOperationsAndModels() throws Exception {
        String embeds = key("embeds", "\"operations\": [\"embedding\"]");
        String hears = key("hears", "\"models\": [\"whisper-*\"], \"operations\": [\"transcription\"]");
        Upload upload = new Upload().field("model", "whisper-1").file(10);

        upload.post(hive.front(), TRANSCRIPTIONS, embeds).refused(403, "permission_error", "permission_denied");
        upload.post(hive.front(), TRANSLATIONS, hears).refused(403, "permission_error", "permission_denied");
        assertThat(upload.post(hive.front(), TRANSCRIPTIONS, hears).status()).isEqualTo(200);
        new Upload()
                .field("model", "whisper")
                .file(10)
                .post(hive.front(), TRANSCRIPTIONS, hears)
                .refused(403, "permission_error", "permission_denied");
        Reply.post(hive.front(), RERANK, "{\"model\":\"ranks\",\"query\":\"q\",\"documents\":[\"a\"]}", embeds)
                .refused(403, "permission_error", "permission_denied");
        assertThat(Reply.post(hive.front(), EMBEDDINGS, "{\"model\":\"vectors\",\"input\":\"a\"}", embeds)
                        .status())
                .isEqualTo(200);
    }

    private String key(String name, String scopes) throws IOException {
        Reply made = Reply.post(
                hive.front(),
                "/v1/cluster/keys",
                "{\"name\": \"%s\", %s}".formatted(name, scopes),
                "Authorization: Bearer " + Hive.ADMIN_KEY);
        return "Authorization: Bearer " + made.json().get("key").asText();
    }

    @Test
    void carriesManyLargeRecordingsInAFlatHeapAndLeavesNothingBehind() throws Exception {
        long before = liveKilobytes();
        speaches.turn("hang", true);
        Upload upload = new Upload().file(LARGE).field("model", "whisper-1").field("language", "de");
        String digest = new Upload()
                .file(LARGE)
                .field("model", "org/large-v3")
                .field("language", "de")
                .digest();
        int seenBefore = heard(speaches).size();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < atOnce; i++) {
                clients.add(RawClient.connect(hive.port()));
            }
            List<Meanwhile<Long>> sending = new ArrayList<>();
            for (RawClient client : clients) {
                sending.add(Meanwhile.of(() -> {
                    upload.send(client, TRANSCRIPTIONS, Long.MAX_VALUE);
                    return upload.length();
                }));
            }
            for (Meanwhile<Long> one : sending) {
                assertThat(one.result()).isEqualTo(upload.length());
            }
            List<Seen> held = Eventually.see(
                    40, () -> heard(speaches).stream().skip(seenBefore).toList(), all -> all.size() == atOnce);

            assertThat(held)
                    .allSatisfy(seen -> assertThat(seen.header("x-fake-sha256")).contains(digest));
            assertThat(liveKilobytes() - before).isLessThan(24L << 10);
            assertThat(spooled()).isNotEmpty();
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        Eventually.see(10, this::spooled, List::isEmpty);
        Eventually.see(
                10,
                () -> heard(speaches).stream().skip(seenBefore).toList(),
                all -> all.stream().allMatch(seen -> seen.hungUpMs().isPresent()));
    }

    @Test
    void forgetsARecordingWhoseSenderHangsUpOrFails() throws Exception {
        Upload upload = new Upload().field("model", "whisper-1").file(20 << 20);
        RawClient client = RawClient.connect(hive.port());
        upload.send(client, TRANSCRIPTIONS, 10 << 20);
        Eventually.see(10, this::spooled, files -> !files.isEmpty());

        client.reset();

        Eventually.see(10, this::spooled, List::isEmpty);
        speaches.turn("status", 500);
        whisperCpp.turn("status", 500);
        assertThat(upload.post(hive.front(), TRANSCRIPTIONS).status()).isEqualTo(502);
        Eventually.see(10, this::spooled, List::isEmpty);
    }

    @Test
    void servesOpenAisClient() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(hive.front().url() + "/v1")
                .apiKey("any-word-will-do")
                .maxRetries(0)
                .build();

        CreateEmbeddingResponse embedded = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("vectors")
                        .inputOfArrayOfStrings(List.of("abc", "ab"))
                        .build());
        assertThat(embedded.data())
                .extracting(Embedding::embedding)
                .containsExactly(List.of(3f, -0.5f, 1f), List.of(2f, -0.5f, 1f));
        assertThat(client.audio()
                        .transcriptions()
                        .create(spoken().build())
                        .asTranscription()
                        .text())
                .isEqualTo("tok0 tok1 tok2 tok3 tok4 ");
        assertThat(client.audio()
                        .transcriptions()
                        .create(spoken().responseFormat(AudioResponseFormat.VERBOSE_JSON)
                                .build())
                        .asVerbose()
                        .segments()
                        .orElseThrow())
                .hasSize(1);
        try (StreamResponse<TranscriptionStreamEvent> stream =
                client.audio().transcriptions().createStreaming(spoken().build())) {
            List<TranscriptionStreamEvent> events = stream.stream().toList();
            assertThat(events).hasSize(6);
            assertThat(events.getLast().asTranscriptTextDone().text()).startsWith("tok0 tok1");
        }
        assertThat(translated(client)).startsWith("tok0");
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> client.audio()
                        .transcriptions()
                        .create(TranscriptionCreateParams.builder()
                                .model("vectors-of-none")
                                .file(MultipartField.<InputStream>builder()
                                        .value(new ByteArrayInputStream(new byte[0]))
                                        .filename("empty.wav")
                                        .build())
                                .build()))
                .satisfies(refused -> assertThat(refused.code()).hasValue("empty_file"));
    }

    @Test
    void servesLangChain4j() {
        OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
                .baseUrl(hive.front().url() + "/v1")
                .apiKey("any-word-will-do")
                .modelName("vectors")
                .maxRetries(0)
                .build();

        Response<List<dev.langchain4j.data.embedding.Embedding>> embedded =
                model.embedAll(List.of(TextSegment.from("abc"), TextSegment.from("ab")));

        assertThat(embedded.content())
                .extracting(dev.langchain4j.data.embedding.Embedding::vectorAsList)
                .containsExactly(List.of(3f, -0.5f, 1f), List.of(2f, -0.5f, 1f));
        assertThat(String.valueOf(embedded.tokenUsage())).contains("inputTokenCount = 7");
    }

    @SuppressWarnings("deprecation") // by OpenAI, not by those who use it
    private static String translated(OpenAIClient client) {
        return client.audio()
                .translations()
                .create(com.openai.models.audio.translations.TranslationCreateParams.builder()
                        .model("whisper-1")
                        .file(recording())
                        .build())
                .asTranslation()
                .text();
    }

    private static TranscriptionCreateParams.Builder spoken() {
        return TranscriptionCreateParams.builder().model("whisper-1").file(recording());
    }

    private static MultipartField<InputStream> recording() {
        return MultipartField.<InputStream>builder()
                .value(new ByteArrayInputStream(new byte[1000]))
                .filename("talk.wav")
                .build();
    }

    private static boolean hears(Seen seen) {
        return seen.isFor("/v1/audio/") || seen.isFor("/inference");
    }

    private static List<Seen> heard(FakeEngine engine) {
        return engine.seen().stream().filter(OperationsContract::hears).toList();
    }

    private static Seen last(FakeEngine engine) {
        return heard(engine).getLast();
    }

    private static String lastBody(FakeEngine engine) {
        return new String(
                engine.seen().stream()
                        .filter(seen -> seen.isFor(EMBEDDINGS))
                        .toList()
                        .getLast()
                        .body(),
                ISO_8859_1);
    }

    private static List<Integer> firsts(Reply reply) throws IOException {
        List<Integer> firsts = new ArrayList<>();
        reply.json()
                .get("data")
                .forEach(one -> firsts.add(one.at("/embedding/0").asInt()));
        return firsts;
    }

    /** {@return the files of request bodies, of all processes} */
    List<Path> spooled() throws IOException {
        try (Stream<Path> files =
                Files.find(folder, 12, (path, is) -> path.toString().endsWith(".body"))) {
            return files.toList();
        } catch (UncheckedIOException vanished) {
            return List.of(folder);
        }
    }

    private long liveKilobytes() throws Exception {
        long live = 0;
        List<Launched> processes = new ArrayList<>(hive.agents());
        processes.add(hive.front());
        for (Launched process : processes) {
            Jcmd.of(process, "GC.run");
            Matcher used = Pattern.compile("used (\\d+)K").matcher(Jcmd.of(process, "GC.heap_info"));
            assertThat(used.find()).isTrue();
            live = Math.max(live, Long.parseLong(used.group(1)));
        }
        return live;
    }
}
