package dev.geniehive.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.upstream.Certificates;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request and its reply through a link, in plain text and under TLS. */
@Timeout(20)
class LinkExchangeTest {
    private static Certificates certificates;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeCertificate(@TempDir Path keys) throws Exception {
        certificates = Certificates.make(keys, "dns:localhost,ip:127.0.0.1");
    }

    private LinkBench bench(boolean tls) {
        return new LinkBench(folder, tls ? certificates.context() : null, LinkBench.SETTINGS);
    }

    private static String text(UpstreamReply reply) throws IOException {
        try (reply) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static UpstreamRequest post(byte[] body) {
        return UpstreamRequest.post("/v1/x?y=1", Body.of(body, "application/json"));
    }

    private static UpstreamException failure(Upstream upstream, UpstreamRequest request) throws InterruptedException {
        try (UpstreamReply reply = upstream.send(request)) {
            throw new AssertionError("answered %d and %d bytes"
                    .formatted(reply.status(), reply.body().readAllBytes().length));
        } catch (UpstreamException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void carriesRequestsAndRepliesOneAfterTheOther(boolean tls) throws Exception {
        Engine.Script echo =
                asked -> asked.answer(asked.head().lines().findFirst().orElseThrow() + "|"
                        + asked.head().contains("x-extra: 1") + "|" + new String(asked.body(), StandardCharsets.UTF_8));
        try (Engine engine = new Engine(echo);
                LinkBench bench = bench(tls).with(engine);
                LinkClient node = bench.node()) {
            for (int i = 0; i < 20; i++) {
                UpstreamRequest request = new UpstreamRequest(
                        "POST", "/v1/x?y=1", Headers.of("X-Extra", "1"), Body.of(new byte[] {'h', 'i'}, "text/plain"));
                UpstreamReply reply = bench.linked().send(request);

                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.headers().first("content-type")).contains("text/plain");
                assertThat(text(reply)).isEqualTo("POST /v1/x?y=1 HTTP/1.1|true|hi");
            }
            assertThat(node.connections()).isBetween(2, 4);
            Running.until(() -> bench.placesClosed.get() == 20);
            assertThat(bench.placesTaken).hasValue(20);
            assertThat(bench.heard).isNotEmpty().allMatch(LinkBench.NODE::equals);
            assertThat(bench.hub.heardAt(LinkBench.NODE)).isPresent();
            assertThat(bench.hub.heardAt("attic")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handsEachChunkOnAsItArrives(boolean tls) throws Exception {
        Semaphore next = new Semaphore(0);
        Engine.Script stream = asked -> {
            asked.beginChunks();
            for (int i = 0; i < 3; i++) {
                next.acquire();
                asked.chunk("token " + i);
            }
            next.acquire();
            asked.say("0\r\n\r\n");
            return true;
        };
        try (Engine engine = new Engine(stream);
                LinkBench bench = bench(tls).with(engine);
                LinkClient node = bench.node();
                UpstreamReply reply = bench.linked().send(UpstreamRequest.get("/"))) {
            assertThat(reply.headers().first("transfer-encoding")).isEmpty();
            byte[] buffer = new byte[100];
            for (int i = 0; i < 3; i++) {
                next.release();
                int count = reply.body().read(buffer);
                assertThat(new String(buffer, 0, count, StandardCharsets.UTF_8)).isEqualTo("token " + i);
            }
            next.release();
            assertThat(reply.body().read(buffer)).isEqualTo(-1);
            assertThat(reply.body().read(buffer)).isEqualTo(-1);
            assertThat(node.connections()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void carriesLargeBodiesBothWays(boolean tls) throws Exception {
        byte[] sent = new byte[5 << 20];
        new Random(3).nextBytes(sent);
        Engine.Script echo = asked -> {
            byte[] body = asked.body();
            asked.say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
            asked.socket().getOutputStream().write(body);
            return true;
        };
        try (Engine engine = new Engine(echo);
                LinkBench bench = bench(tls).with(engine);
                LinkClient node = bench.node();
                UpstreamReply reply = bench.linked().send(post(sent))) {
            assertThat(bench.bodies.diskUsed()).isEqualTo(sent.length);
            byte[] got = reply.body().readAllBytes();

            assertThat(Arrays.equals(got, sent)).isTrue();
            Running.until(() -> bench.bodies.diskUsed() == 0 && bench.placesClosed.get() == 1);
            assertThat(node.connections()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3 << 20})
    void saysWhyTheNodeRefuses(int size) throws Exception {
        LinkSettings lean = LinkBench.settings(LinkBench.LONG, LinkBench.LONG, LinkBench.BRIEF);
        try (Engine engine = new Engine(asked -> asked.body().length > 0 && asked.answer("ok"));
                LinkBench bench = LinkBench.plain(folder).with(engine);
                LinkClient node = bench.node(lean, bench.control(), LinkBench.KEY)) {
            Upstream unknown = bench.hub.to(LinkBench.NODE, "nobody", "workshop/nobody", LinkBench.PATIENT);

            UpstreamException refused = failure(unknown, post(new byte[size]));
            assertThat(refused.failure()).isEqualTo(Failure.REFUSED);
            assertThat(refused.sent()).isFalse();
            assertThat(refused).hasMessage("This node has no service 'nobody'.");

            bench.places.put("llama", new Semaphore(0));
            assertThat(failure(bench.linked(), post(new byte[size])).failure()).isEqualTo(Failure.BUSY);

            bench.places.put("llama", new Semaphore(1));
            for (int i = 0; i < 5; i++) {
                assertThat(text(bench.linked().send(post(new byte[size / 10])))).isEqualTo("ok");
            }
            // Where an end is seen late, another connection is dialled meanwhile, and closed when it has been idle.
            Running.until(() -> node.connections() <= 3);
            assertThat(node.connections()).isBetween(2, 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"refuses", "says-nothing", "dies-in-the-head", "dies-in-the-body", "is-not-http"})
    void failsLikeADirectConnection(String how) throws Exception {
        Engine.Script script = asked -> {
            switch (how) {
                case "dies-in-the-head" -> asked.say("HTTP/1.1 200");
                case "dies-in-the-body" -> asked.beginChunks().chunk("half");
                case "is-not-http" -> asked.say("what?\r\n\r\n");
                default -> {}
            }
            return false;
        };
        try (Engine engine = new Engine(script);
                ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LinkBench bench = LinkBench.plain(folder).with(engine);
                LinkClient node = bench.node()) {
            if (how.equals("refuses")) {
                closed.close();
                URI nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
                bench.engines.put("llama", Target.of("llama", nobody));
            }
            UpstreamException direct = failure(bench.direct(), post(new byte[10]));
            UpstreamException linked = failure(bench.linked(), post(new byte[10]));

            assertThat(linked.failure()).isEqualTo(direct.failure());
            assertThat(linked.sent()).isEqualTo(direct.sent());
            assertThat(linked).hasMessage(direct.getMessage());
            Running.until(() -> bench.placesClosed.get() == 1);
            assertThat(node.connections()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, thinking",
        "false, headed",
        "false, streaming",
        "true, thinking",
        "true, headed",
        "true, streaming"
    })
    void hangsUpOnTheEngineInEveryPhase(boolean tls, String phase) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        Engine.Script script = asked -> {
            switch (phase) {
                case "headed" -> asked.beginChunks();
                case "streaming" -> asked.beginChunks().chunk("first");
                default -> {}
            }
            reached.countDown();
            return asked.awaitHangUp();
        };
        try (Engine engine = new Engine(script);
                LinkBench bench = bench(tls).with(engine);
                LinkClient node = bench.node()) {
            CountDownLatch got = new CountDownLatch(1);
            UpstreamReply[] open = new UpstreamReply[1];
            Running caller = new Running(() -> {
                UpstreamReply reply = bench.linked().send(UpstreamRequest.get("/"));
                open[0] = reply;
                if (phase.equals("streaming")) {
                    assertThat(reply.body().read()).isEqualTo('f');
                }
                got.countDown();
                return reply.body().readAllBytes();
            });
            assertThat(reached.await(5, TimeUnit.SECONDS)).isTrue();
            if (phase.equals("thinking")) {
                caller.interrupt();
            } else {
                assertThat(got.await(5, TimeUnit.SECONDS)).isTrue();
                open[0].close();
            }

            assertThat(engine.sawHangUp()).isTrue();
            Object result = caller.result();
            if (phase.equals("thinking")) {
                assertThat(result).isInstanceOf(InterruptedException.class);
            } else {
                assertThat(((UpstreamException) result).failure()).isEqualTo(Failure.CANCELLED);
            }
            Running.until(() -> bench.placesClosed.get() == 1 && node.connections() == 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"node", "hub", "cut"})
    void breaksWhenTheLinkDoes(String who) throws Exception {
        Engine.Script script = asked -> {
            asked.beginChunks().chunk("first");
            return asked.awaitHangUp();
        };
        try (Engine engine = new Engine(script);
                LinkBench bench = LinkBench.plain(folder).with(engine);
                LinkClient node = bench.node();
                UpstreamReply reply = bench.linked().send(UpstreamRequest.get("/"))) {
            InputStream body = reply.body();
            assertThat(body.readNBytes(5)).hasSize(5);
            Running reader = new Running(body::read);

            switch (who) {
                case "node" -> node.close();
                case "hub" -> bench.hub.close();
                default -> bench.hub.cut(LinkBench.NODE, "its host is lost");
            }

            UpstreamException broken = (UpstreamException) reader.result();
            assertThat(broken.failure()).isEqualTo(Failure.BROKEN);
            assertThat(broken.sent()).isTrue();
            assertThat(broken).hasMessageStartingWith("workshop/llama broke off in the middle of its reply to GET /");
            assertThat(engine.sawHangUp()).isTrue();
            Running.until(() -> bench.placesClosed.get() == 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, FIRST_BYTE_TIMED_OUT", "true, IDLE_TIMED_OUT"})
    void losesPatience(boolean begins, Failure expected) throws Exception {
        Engine.Script script = asked -> {
            if (begins) {
                asked.beginChunks().chunk("first");
            }
            return asked.awaitHangUp();
        };
        Duration brief = Duration.ofMillis(300);
        Timeouts timeouts = new Timeouts(LinkBench.LONG, brief, brief, LinkBench.LONG);
        try (Engine engine = new Engine(script);
                LinkBench bench = LinkBench.plain(folder).with(engine);
                LinkClient node = bench.node()) {
            UpstreamException e = failure(bench.linked(timeouts), UpstreamRequest.get("/"));

            assertThat(e.failure()).isEqualTo(expected);
            assertThat(e.sent()).isTrue();
            assertThat(e.getMessage()).contains("300 ms");
            assertThat(engine.sawHangUp()).isTrue();
            assertThat(node.connections()).isPositive();
        }
    }
}
