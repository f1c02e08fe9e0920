package dev.geniehive.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.kernel.http.RawClient.Response;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class EdgeTest {
    private static final String POST = "POST /echo HTTP/1.1\r\nHost: localhost\r\n";

    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private EdgeBench bench;

    @BeforeAll
    static void readsLogging() {
        EdgeTest.class
                .getModule()
                .addReads(ModuleLayer.boot().findModule("java.logging").orElseThrow());
    }

    @BeforeEach
    void open() {
        bench = EdgeBench.with(
                EdgeSettings.plain("127.0.0.1", 0).with(new EdgeLimits(1000, 8192, 2000, 100)),
                null,
                Route.get("/v1/models", request -> Answer.text(200, "text/plain", "all")),
                Route.get("/v1/models/{id...}", request -> Answer.text(200, "text/plain", request.param("id"))),
                Route.get("/hosts/{id}/logs", request -> Answer.text(200, "text/plain", request.param("id"))),
                Route.get(
                        "/query",
                        request -> Answer.text(
                                200, "text/plain", request.query("q").orElse("none"))),
                Route.get("/refuses", request -> {
                    throw new GenieException(ErrorKind.TOO_MANY_REQUESTS, "queue_full", "Full.");
                }),
                Route.get("/breaks", request -> {
                    throw new IllegalStateException("secret detail");
                }),
                Route.post("/echo", request -> {
                    handled.add(request.caller().principal());
                    return new Answer.Whole(200, dev.geniehive.api.model.Headers.NONE, request.json());
                }));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void answersOneRequestAfterTheOtherOnOneConnection() throws Exception {
        try (RawClient client = bench.client()) {
            assertThat(client.get("/v1/models").response().body()).isEqualTo("all");
            assertThat(client.post("/echo", "{\"a\": 1}").response().body()).isEqualTo("{\"a\": 1}");
            Response last = client.get("/v1/models").response();

            assertThat(last.body()).isEqualTo("all");
            assertThat(last.header("content-length")).isEqualTo("3");
            assertThat(last.header("connection")).isEmpty();
            assertThat(bench.bodiesReleased.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void tellsTheObserverThePatternAndWhatItCost() throws Exception {
        try (RawClient client = bench.client()) {
            client.get("/v1/models/some/model").response();

            assertThat(bench.finished.poll(5, TimeUnit.SECONDS))
                    .isEqualTo(new EdgeBench.Finished("/v1/models/{id...}", 200, 10));
        }
    }

    @Test
    void closesWhereTheClientAsksForIt() throws Exception {
        try (RawClient client = bench.client()) {
            client.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(client.response().header("connection")).isEqualTo("close");
            assertThat(client.seesEnd()).isTrue();
        }
    }

    @Test
    void keepsPipelinedRequestsInOrder() throws Exception {
        try (RawClient client = bench.client()) {
            String request = "GET /v1/models/%s HTTP/1.1\r\nHost: x\r\n\r\n";
            client.send(request.formatted("a") + request.formatted("b") + request.formatted("c"));

            assertThat(List.of(
                            client.response().body(),
                            client.response().body(),
                            client.response().body()))
                    .containsExactly("a", "b", "c");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/, all",
        "/v1/models/org%2Fname, org/name",
        "/v1/models/org/name:tag, org/name:tag",
        "/v1/models/org/name/, org/name",
        "/v1/models/a%20b%C3%A9, a bé",
        "/v1/models/a+b, a+b",
        "/v1/models/a%2525, a%25",
        "/v1/models/a;b=c, a;b=c",
        "/hosts/w%2Fl/logs, w/l",
        "/query?q=a%20b+c&q=d, a b c",
        "/query?x=1, none",
    })
    void decodesAddressesOnce(String path, String expected) throws Exception {
        try (RawClient client = bench.client()) {
            assertThat(client.get(path).response().body()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "//v1/models",
                "/v1//models",
                "/v1/models//",
                "/./v1/models",
                "/v1/./models",
                "/v1/x/../models",
                "/v1/models/..",
                "/v1/models/.",
                "/v1/models/%2e%2e",
                "/v1/models/%2E./x",
                "/v1/models/..%2f..%2fetc",
                "/v1/models/a%00b",
                "/v1/models/a%",
                "/v1/models/a%2",
                "/v1/models/a%zz",
                "/v1/models/a%2%46",
                "/v1/models/a\\b",
                "/v1/models/a%5cb",
                "/v1/models/%ff",
                "/v1/models/%c0%ae",
                "/v1/models/a%0d%0ab",
                "/v1/models/%2f",
                "/v1/models/a%2f%2fb",
                "v1/models",
                "*"
            })
    void refusesPathsThatAreTricks(String path) throws Exception {
        try (RawClient client = bench.client()) {
            assertThat(anError(client.get(path).response(), 400, 404)).isIn("invalid_path", "invalid_request");
        }
    }

    @Test
    void saysWhatIsNotFound() throws Exception {
        try (RawClient client = bench.client()) {
            Response response = client.get("/nowhere").response();

            assertThat(anError(response, 404)).isEqualTo("not_found");
            assertThat(response.body()).contains("'/nowhere'");
            assertThat(bench.finished.poll(5, TimeUnit.SECONDS).pattern()).isEqualTo(EdgeObserver.NO_ROUTE);
        }
    }

    @Test
    void saysWhichMethodsAreAllowed() throws Exception {
        try (RawClient client = bench.client()) {
            Response wrong = client.post("/v1/models", "{}").response();
            Response options =
                    client.send("OPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n").response();

            assertThat(anError(wrong, 405)).isEqualTo("method_not_allowed");
            assertThat(wrong.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.header("allow")).isEqualTo("OPTIONS, POST");
            assertThat(options.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
        }
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        try (RawClient client = bench.client()) {
            RawClient.Head head =
                    client.send("HEAD /v1/models HTTP/1.1\r\nHost: x\r\n\r\n").head();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("3");
            assertThat(client.get("/v1/models/next").response().body()).isEqualTo("next");
        }
    }

    @Test
    void echoesASaneRequestIdAndMakesOneOtherwise() throws Exception {
        try (RawClient client = bench.client()) {
            String own = client.send("GET /v1/models HTTP/1.1\r\nHost: x\r\nX-Request-Id: mine-1._\r\n\r\n")
                    .response()
                    .header("x-request-id");
            String fresh = client.send("GET /nope HTTP/1.1\r\nHost: x\r\nX-Request-Id: not sane\r\n\r\n")
                    .response()
                    .header("x-request-id");

            assertThat(own).isEqualTo("mine-1._");
            assertThat(fresh).matches("req_[A-Za-z0-9_-]{24}");
            assertThat(bench.ids).containsExactly("mine-1._", fresh);
        }
    }

    @Test
    void putsTheErrorsOfHandlersInTheEnvelope() throws Exception {
        try (RawClient client = bench.client()) {
            assertThat(anError(client.get("/refuses").response(), 429)).isEqualTo("queue_full");
            java.util.logging.Logger turn = java.util.logging.Logger.getLogger(Turn.class.getName());
            turn.setLevel(java.util.logging.Level.OFF);
            Response broken = client.get("/breaks").response();
            turn.setLevel(null);

            assertThat(anError(broken, 500)).isEqualTo("internal_error");
            assertThat(broken.body()).doesNotContain("secret").contains(broken.header("x-request-id"));
        }
    }

    @Test
    void refusesAStrangerBeforeReadingTheBody() throws Exception {
        try (RawClient client = bench.client()) {
            client.send(POST + "Authorization: Bearer wrong\r\nContent-Length: 900\r\nExpect: 100-continue\r\n\r\n");
            Response response = client.response();

            assertThat(anError(response, 401)).isEqualTo("invalid_api_key");
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void asksForTheBodyWhereTheClientWaitsForThat() throws Exception {
        try (RawClient client = bench.client()) {
            client.send(POST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(100);

            assertThat(client.send("{}").response().body()).isEqualTo("{}");
            assertThat(client.get("/v1/models").response().body()).isEqualTo("all");
        }
    }

    @Test
    void asksForChunksWhereTheClientWaitsForThat() throws Exception {
        try (RawClient client = bench.client()) {
            client.send(POST + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(100);

            assertThat(client.send("2\r\n{}\r\n0\r\n\r\n").response().body()).isEqualTo("{}");
        }
    }

    @Test
    void doesNotAskForABodyThatIsTooLarge() throws Exception {
        try (RawClient client = bench.client()) {
            client.send(POST + "Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n");

            assertThat(anError(client.response(), 413)).isEqualTo("request_too_large");
        }
    }

    @Test
    void refusesALargeBodyToTheClientsFaceAlthoughItIsStillSending() throws Exception {
        try (RawClient client = bench.client()) {
            client.send(POST + "Content-Length: 3000000\r\n\r\n");
            client.send(new byte[3_000_000]);

            assertThat(anError(client.response(), 413)).isEqualTo("request_too_large");
        }
    }

    @Test
    void readsChunkedBodiesUpToTheLimit() throws Exception {
        try (RawClient client = bench.client()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\n[1,\r\n2\r\n2]\r\n0\r\nA: b\r\n\r\n");
            Response response = client.response();

            assertThat(response.body()).isEqualTo("[1,2]");
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(client.seesEnd()).isTrue();
        }
        try (RawClient client = bench.client()) {
            client.send(
                    POST + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + " ".repeat(1000) + "\r\n1\r\n \r\n0\r\n\r\n");
            assertThat(anError(client.response(), 413)).isEqualTo("request_too_large");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "5\r\n12345xx5\r\n", "-1\r\n", "\r\n", "5\n12345\r\n"})
    void refusesBrokenChunks(String chunks) throws Exception {
        try (RawClient client = bench.client()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");

            assertThat(anError(client.response(), 400)).isEqualTo("invalid_request");
        }
    }

    @Test
    void wantsABody() throws Exception {
        try (RawClient client = bench.client()) {
            assertThat(anError(client.send(POST + "\r\n").response(), 400)).isEqualTo("missing_body");
            assertThat(anError(client.post("/echo", "").response(), 400)).isEqualTo("missing_body");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json; charset=latin1", "multipart/form-data; boundary=x"})
    void wantsJson(String type) throws Exception {
        try (RawClient client = bench.client()) {
            client.send(POST + "Content-Type: " + type + "\r\nContent-Length: 2\r\n\r\n{}");

            assertThat(anError(client.response(), 415)).isEqualTo("unsupported_media_type");
            assertThat(client.get("/v1/models").response().body()).isEqualTo("all");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type: application/json; charset=UTF-8\r\n", "content-type: APPLICATION/JSON\r\n", ""})
    void takesJsonHoweverItIsAnnounced(String header) throws Exception {
        try (RawClient client = bench.client()) {
            assertThat(client.send(POST + header + "Content-Length: 2\r\n\r\n{}")
                            .response()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/models\r\n\r\n",
                "GET  /v1/models HTTP/1.1\r\nHost: x\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET /v1/models HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: x\r\nA: b\u0000c\r\n\r\n",
                POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                POST + "Content-Length: two\r\n\r\n{}",
                POST + "Content-Length: -2\r\n\r\n{}",
                POST + "Content-Length: +2\r\n\r\n{}",
                POST + "Transfer-Encoding: identity\r\n\r\n{}",
                POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
            })
    void refusesBadFramingAndCloses(String request) throws Exception {
        try (RawClient client = bench.client()) {
            Response response = client.send(request).response();

            assertThat(anError(response, 400)).isEqualTo("invalid_request");
            assertThat(response.header("connection")).isEqualTo("close");
            client.vanish();
            assertThat(client.seesEnd()).isTrue();
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void refusesOtherVersionsAndTransferCodings() throws Exception {
        try (RawClient old = bench.client();
                RawClient gzip = bench.client();
                RawClient encoded = bench.client()) {
            Response version =
                    old.send("GET /v1/models HTTP/1.0\r\nHost: x\r\n\r\n").response();

            assertThat(anError(version, 505)).isEqualTo("http_version_not_supported");
            assertThat(version.body()).contains("proxy_http_version 1.1");
            assertThat(anError(
                            gzip.send(POST + "Transfer-Encoding: gzip, chunked\r\n\r\n")
                                    .response(),
                            400,
                            501))
                    .isIn("unsupported_transfer_encoding", "invalid_request");
            encoded.send(POST + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(anError(encoded.response(), 415)).isEqualTo("unsupported_media_type");
        }
    }

    @Test
    void refusesHeadsThatAreTooLong() throws Exception {
        try (RawClient headers = bench.client();
                RawClient many = bench.client();
                RawClient line = bench.client()) {
            headers.send("GET /v1/models HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(3000) + "\r\n\r\n");
            many.send("GET /v1/models HTTP/1.1\r\nHost: x\r\n" + "Aa: b\r\n".repeat(500) + "\r\n");
            line.send("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(anError(headers.response(), 431)).isEqualTo("headers_too_large");
            assertThat(anError(many.response(), 431)).isEqualTo("headers_too_large");
            assertThat(anError(line.response(), 414)).isEqualTo("uri_too_long");
        }
    }

    @Test
    void saysWhatItCouldNotBind() {
        try (Edge second = new Edge(EdgeSettings.plain("127.0.0.1", bench.edge.port()), partsOfNobody())) {
            java.util.logging.Logger helidon = java.util.logging.Logger.getLogger("io.helidon.webserver");
            helidon.setLevel(java.util.logging.Level.OFF);

            assertThatIllegalStateException().isThrownBy(second::open).withMessageContaining("" + bench.edge.port());
            helidon.setLevel(null);
        }
    }

    private static EdgeParts partsOfNobody() {
        return new EdgeParts(
                (peer, headers, needed, id) -> {
                    throw new IllegalStateException();
                },
                (in, length, type, max) -> dev.geniehive.api.host.Body.empty(),
                (pattern, status, nanos, bytes) -> {},
                (id, request) -> request.run(),
                () -> {},
                dev.geniehive.kernel.app.Ticker.system());
    }

    /** Checks all of the envelope. */
    private static String anError(Response response, Integer... statuses) {
        assertThat(response.status()).isIn((Object[]) statuses);
        assertThat(response.header("content-type")).isEqualTo("application/json");
        assertThat(response.header("x-request-id")).matches("[A-Za-z0-9._-]{1,128}");
        Json error = Json.parse(response.body()).get("error");
        assertThat(error.get("message").asString().orElse("")).isNotEmpty();
        assertThat(error.get("type").asString().orElse("")).isNotEmpty();
        return error.get("code").asString().orElse("");
    }
}
