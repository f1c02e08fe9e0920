package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import dev.geniehive.it.engine.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a request reaches an engine: every byte but the model's name, or nothing at all. */
class BodyIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String PLAIN = "{\"model\":\"known\",\"messages\":[]}";
    private static final int MAX_BODY = 64 * 1024;

    @TempDir
    private static @Nullable Path folder;

    private static @Nullable FakeEngine running;
    private static @Nullable Hive started;

    @BeforeAll
    static void start() {
        Path where = Fixture.present(folder);
        FakeEngine engine = FakeEngine.start(Flavor.LLAMACPP, Knobs.defaults().with("models", "real/model:7b"));
        running = engine;
        started = Hive.up(
                Distribution.unpackTo(where.resolve("dist")), where.resolve("box"), """
                server: { max-body: 64KiB }
                agent:
                  name: box
                  discover: false
                  simulator: never
                  services:
                    - { name: e, url: "http://127.0.0.1:%d", engine: openai-compatible, aliases: { known: "real/model:7b" } }
                """.formatted(engine.port()));
    }

    @AfterAll
    static void stop() {
        Fixture.closeAll(started, running);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"known\",\"messages\":[]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"zeta\":1,\"alpha\":{\"b\":2,\"a\":[1,2,{}]},\"model\":\"known\"}",
                "{\"model\":\"known\",\"messages\":[],\"temperature\":1.0e-05,\"top_p\":1E400,\"seed\":-0,\"n\":1.50,\"big\":123456789012345678901234567890}",
                "{\"model\":\"known\",\"messages\":[{\"role\":\"user\",\"content\":\"\\u00e9 \\/ \\ud83d\\ude00 \\u0000 \\t\"}]}",
                "{ \"model\" :\t\"known\" ,\r\n  \"messages\" : [ ]\n ,\"user\":null }  \n",
                "{\"model\":\"known\",\"messages\":[{\"role\":\"user\",\"content\":\"naïve 日本語 👩‍👩‍👧‍👦 \uFEFF\"}]}",
                "{\"nested\":{\"model\":\"known\",\"messages\":[{\"model\":\"known\"}]},\"model\":\"known\",\"messages\":[]}",
                "{\"\\u006dodel\":\"k\\u006eown\",\"messages\":[]}",
                "{\"model\":\"known\",\"messages\":[],\"stream\":false,\"x\":[[[[[[[[[[1]]]]]]]]]]}",
            })
    void reachesTheEngineByteForByteButForTheModelsName(String body) throws Exception {
        int before = engine().seen().size();

        Reply reply = Reply.post(hive(), CHAT, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        Seen seen = engine().await(request -> request.id() > before && request.isFor(CHAT));
        assertThat(new String(seen.body(), UTF_8)).isEqualTo(renamed(body));
        assertThat(seen.header("content-length")).hasValue(Integer.toString(seen.body().length));
    }

    @Test
    void reachesTheEngineByteForByteWhenSentInChunks() throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"日本\"}],\"model\":\"known\",\"t\":1.0e-05}";
        int before = engine().seen().size();

        Reply reply = Reply.raw(hive(), chunked(body.getBytes(UTF_8), 7));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        Seen seen = engine().await(request -> request.id() > before && request.isFor(CHAT));
        assertThat(new String(seen.body(), UTF_8)).isEqualTo(renamed(body));
    }

    @Test
    void keepsTheClientsKeyAndTheHeadersOfTheConnectionToItself() throws Exception {
        int before = engine().seen().size();

        Reply.post(hive(), CHAT, PLAIN, "Authorization: Bearer " + Hive.ADMIN_KEY, "Cookie: a=b", "TE: trailers");

        Seen seen = engine().await(request -> request.id() > before && request.isFor(CHAT));
        assertThat(seen.headers().toString().toLowerCase(Locale.ROOT))
                .doesNotContain(Hive.ADMIN_KEY, "cookie", "trailers");
        assertThat(seen.header("host")).hasValue("127.0.0.1:" + engine().port());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "duplicate_key | model    | {\"model\":\"known\",\"messages\":[],\"model\":\"other\"}",
                "duplicate_key | a        | {\"model\":\"known\",\"messages\":[],\"x\":{\"a\":1,\"\\u0061\":2}}",
                "invalid_json  |          | {\"model\":\"known\",\"messages\":[],}",
                "invalid_json  |          | {\"model\":\"known\",\"messages\":[]} {}",
                "invalid_json  |          | {'model':'known'}",
                "invalid_json  |          | {\"model\":\"known\",\"t\":01}",
                "invalid_json  |          | {\"model\":\"known\",\"t\":NaN}",
                "invalid_json  |          | {\"model\":\"known\",\"messages\":[",
                "invalid_json  |          | {\"model\":\"known\",\"s\":\"\\x\"}",
                "invalid_type  | model    | {\"model\":7,\"messages\":[]}",
                "invalid_type  | model    | {\"model\":null,\"messages\":[]}",
                "invalid_type  | stream   | {\"model\":\"known\",\"messages\":[],\"stream\":\"yes\"}",
            })
    void refusesWhatIsNotARequest(String code, @Nullable String param, String body) throws Exception {
        refusedUnseen(() -> {
            Reply reply = Reply.post(hive(), CHAT, body).refused(400, "invalid_request_error", code);

            assertThat(reply.error().get("message").asText()).matches("(?s).*line 1, column [0-9]+.*");
            if (param != null) {
                assertThat(reply.error().get("param").asText()).isEqualTo(param);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"messages\":[]}", "{\"model\":\"\",\"messages\":[]}"})
    void refusesARequestWithoutAModelAndPointsAtIt(String body) throws Exception {
        refusedUnseen(() -> {
            Reply reply = Reply.post(hive(), CHAT, body);

            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.error().get("param").asText()).isEqualTo("model");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"known\"", "7", "null"})
    void refusesWhatIsNoObject(String body) throws Exception {
        refusedUnseen(() -> {
            Reply reply = Reply.post(hive(), CHAT, body);

            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            reply.error();
        });
    }

    @Test
    void refusesInvalidUtf8() throws Exception {
        byte[] body = "{\"model\":\"known\",\"messages\":[],\"s\":\"\u00ff\"}".getBytes(ISO_8859_1);

        refusedUnseen(() -> Reply.raw(hive(), sized(body)).refused(400, "invalid_request_error", "invalid_utf8"));
    }

    @Test
    void refusesNestingThatIsTooDeep() throws Exception {
        String body = "{\"model\":\"known\",\"messages\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";

        refusedUnseen(() -> Reply.post(hive(), CHAT, body).refused(400, "invalid_request_error", "invalid_json"));
    }

    @Test
    void refusesABodyThatSaysItIsTooLargeBeforeItComes() throws Exception {
        refusedUnseen(() -> Reply.raw(hive(), head("Content-Length: " + (MAX_BODY + 1)))
                .refused(413, "invalid_request_error", "request_too_large"));
    }

    @Test
    void refusesABodyInChunksOnceItIsTooLarge() throws Exception {
        byte[] body = ("{\"model\":\"known\",\"s\":\"" + "x".repeat(MAX_BODY) + "\"}").getBytes(UTF_8);

        refusedUnseen(() ->
                Reply.raw(hive(), chunked(body, 8192)).refused(413, "invalid_request_error", "request_too_large"));
    }

    @Test
    void takesABodyThatIsJustAsLargeAsAllowed() throws Exception {
        String frame = "{\"model\":\"known\",\"messages\":[],\"s\":\"\"}";
        String body = frame.replace("\"s\":\"", "\"s\":\"" + "x".repeat(MAX_BODY - frame.length()));

        assertThat(Reply.post(hive(), CHAT, body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "multipart/form-data; boundary=x"
            })
    void refusesOtherTypesOfBodies(String type) throws Exception {
        byte[] body = PLAIN.getBytes(UTF_8);

        refusedUnseen(() -> Reply.raw(
                        hive(),
                        join(
                                head("Content-Type: " + type, "Content-Length: " + body.length)
                                        .getBytes(UTF_8),
                                body))
                .refused(415, "invalid_request_error", "unsupported_media_type"));
    }

    @Test
    void refusesABodyWithAnEncodingThatItCannotCheck() throws Exception {
        refusedUnseen(() -> Reply.post(hive(), CHAT, PLAIN, "Content-Encoding: gzip")
                .refused(415, "invalid_request_error", "unsupported_media_type"));
    }

    @Test
    void refusesAMissingBody() throws Exception {
        refusedUnseen(() ->
                Reply.raw(hive(), head("Content-Length: 0")).refused(400, "invalid_request_error", "missing_body"));
    }

    @Test
    void refusesAModelThatNobodyHas() throws Exception {
        refusedUnseen(() -> {
            Reply reply = Reply.post(hive(), CHAT, "{\"model\":\"unheard-of\",\"messages\":[]}")
                    .refused(404, "invalid_request_error", "model_not_found");

            assertThat(reply.error().get("param").asText()).isEqualTo("model");
            assertThat(reply.error().get("message").asText()).contains("'unheard-of'", "GET /v1/models");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/chat/completions, POST",
        "DELETE, /v1/chat/completions, POST",
        "PUT,    /v1/embeddings,       POST",
        "POST,   /v1/models,           GET",
        "DELETE, /v1/models/known,     GET"
    })
    void refusesOtherMethodsAndSaysWhichThereAre(String method, String path, String allowed) throws Exception {
        refusedUnseen(() -> {
            try (RawClient client = RawClient.connect(hive().port())) {
                Reply reply = Reply.of(client.request(method, path, ""))
                        .refused(405, "invalid_request_error", "method_not_allowed");

                assertThat(reply.header("allow").orElse("")).contains(allowed);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/../v1/chat/completions",
                "/v1/%2e%2e/v1/chat/completions",
                "/v1//chat/completions",
                "/v1/chat%5ccompletions",
                "/v1/chat/completions%00",
                "/v1/./chat/completions",
                "/v1/chat/completions;a=b",
                "/v1%2Fchat%2Fcompletions",
                "/V1/chat/completions",
                "//evil.example/v1/chat/completions",
                "/v1/chat/completions%",
            })
    void refusesPathTricks(String path) throws Exception {
        refusedUnseen(() -> {
            Reply reply = Reply.post(hive(), path, PLAIN);

            assertThat(reply.status()).as(reply.text()).isIn(400, 404);
            reply.error();
        });
    }

    @Test
    void toleratesATrailingSlash() throws Exception {
        assertThat(Reply.post(hive(), CHAT + "/", PLAIN).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 33\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 33",
                "Content-Length: 33\r\nContent-Length: 34",
                "Content-Length: +33",
                "Content-Length: 33,34",
                "Content-Length: -1",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding : chunked",
            })
    void refusesFramingThatTwoReadersCouldUnderstandInTwoWays(String framing) throws Exception {
        refusedUnseen(() -> {
            Reply reply = Reply.raw(hive(), head("Content-Type: application/json", framing) + "0\r\n\r\n" + PLAIN);

            assertThat(reply.status()).isIn(400, 501);
            assertThat(reply.header("connection")).hasValue("close");
            reply.error();
        });
    }

    @Test
    void echoesASaneRequestIdAndReplacesAnInsaneOne() throws Exception {
        assertThat(Reply.post(hive(), CHAT, PLAIN, "x-request-id: mine-42").header("x-request-id"))
                .hasValue("mine-42");
        assertThat(Reply.post(hive(), CHAT, "{", "x-request-id: mine-43").header("x-request-id"))
                .hasValue("mine-43");
        assertThat(Reply.post(hive(), CHAT, PLAIN, "x-request-id: not \"sane\" <b>")
                        .header("x-request-id")
                        .orElse(""))
                .startsWith("req_");
    }

    /** Attempts something that must not reach the engine. */
    private static void refusedUnseen(Attempt attempt) throws Exception {
        long before = inferences();

        attempt.run();

        assertThat(inferences()).isEqualTo(before);
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static long inferences() {
        List<Seen> seen = engine().seen();
        return seen.stream().filter(request -> request.method().equals("POST")).count();
    }

    private static String renamed(String body) {
        int at = body.lastIndexOf("\"model\":\"known\"");
        return at >= 0
                ? body.substring(0, at) + "\"model\":\"real/model:7b\"" + body.substring(at + 15)
                : body.replaceFirst("\"(known|k\\\\u006eown)\"", "\"real/model:7b\"");
    }

    private static String head(String... headers) {
        return "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n\r\n".formatted(CHAT, String.join("\r\n", headers));
    }

    private static byte[] sized(byte[] body) throws IOException {
        return join(
                head("Content-Type: application/json", "Content-Length: " + body.length)
                        .getBytes(UTF_8),
                body);
    }

    private static byte[] chunked(byte[] body, int size) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head("Content-Type: application/json", "Transfer-Encoding: chunked")
                .getBytes(UTF_8));
        for (int at = 0; at < body.length; at += size) {
            int length = Math.min(size, body.length - at);
            all.write("%x\r\n".formatted(length).getBytes(UTF_8));
            all.write(body, at, length);
            all.write("\r\n".getBytes(UTF_8));
        }
        all.write("0\r\n\r\n".getBytes(UTF_8));
        return all.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(first);
        all.write(second);
        return all.toByteArray();
    }

    private static FakeEngine engine() {
        return Fixture.present(running);
    }

    private static Hive hive() {
        return Fixture.present(started);
    }
}
