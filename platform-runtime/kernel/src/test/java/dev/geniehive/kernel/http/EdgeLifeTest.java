package dev.geniehive.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class EdgeLifeTest {
    private static final Duration HALF = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Route slow = Route.get("/slow", request -> {
        entered.countDown();
        goOn.await();
        return Answer.text(200, "text/plain", "done");
    });
    private final Route quick = Route.get("/quick", request -> Answer.text(200, "text/plain", "quick"));

    private static EdgeSettings settings(EdgeTimeouts timeouts) {
        return EdgeSettings.plain("127.0.0.1", 0).with(timeouts);
    }

    @Test
    void letsRunningRequestsFinishAndEndsIdleConnections() throws Exception {
        FakeExchange exchange = new FakeExchange();
        exchange.answers(FakeReply.stream().says("x").ends());
        try (EdgeBench bench = EdgeBench.plain(slow, quick, EdgeBench.relaying(exchange, true));
                RawClient watched = bench.client();
                RawClient running = bench.client();
                RawClient idle = bench.client()) {
            int port = bench.edge.port();
            idle.get("/quick").response();
            assertThat(watched.post("/relay", "{}").response().body()).isEqualTo("x");
            running.get("/slow");
            assertThat(entered.await(2, TimeUnit.SECONDS)).isTrue();

            Thread drain = Thread.ofVirtual().start(bench.edge::drain);
            assertThat(bench.draining.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(idle.seesEnd()).isTrue();
            assertThat(watched.seesEnd()).isTrue();
            assertThat(refusesSoon(port)).isTrue();
            goOn.countDown();
            RawClient.Response response = running.response();

            assertThat(response.body()).isEqualTo("done");
            assertThat(response.header("connection")).isEqualTo("close");
            assertThat(running.seesEnd()).isTrue();
            assertThat(drain.join(Duration.ofSeconds(2))).isTrue();
        }
    }

    private static boolean refusesSoon(int port) {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                assertThat(socket.isConnected()).isTrue();
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    void saysInAStreamThatItStops() throws Exception {
        FakeReply reply = FakeReply.stream().says("data: begun\n\n");
        FakeExchange exchange = new FakeExchange().answers(reply);
        EdgeTimeouts timeouts = new EdgeTimeouts(HALF, LONG, LONG, LONG, LONG, LONG);
        try (EdgeBench bench = EdgeBench.with(settings(timeouts), null, EdgeBench.relaying(exchange, true));
                RawClient client = bench.client()) {
            client.post("/relay", "{}");
            assertThat(reply.beingRead.await(2, TimeUnit.SECONDS)).isTrue();

            bench.edge.drain();

            RawClient.Response response = client.response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body())
                    .startsWith("data: begun\n\n")
                    .contains("\"code\":\"stopping\"")
                    .endsWith("data: [DONE]\n\n");
            assertThat(client.seesEnd()).isTrue();
        }
    }

    @Test
    void saysToWhoWaitsThatItStops() throws Exception {
        FakeExchange exchange = new FakeExchange();
        EdgeTimeouts timeouts = new EdgeTimeouts(HALF, LONG, LONG, LONG, LONG, LONG);
        try (EdgeBench bench = EdgeBench.with(settings(timeouts), null, EdgeBench.relaying(exchange, true));
                RawClient client = bench.client()) {
            client.post("/relay", "{}");
            assertThat(exchange.awaited.await(2, TimeUnit.SECONDS)).isTrue();

            bench.edge.drain();

            RawClient.Response response = client.response();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("\"code\":\"stopping\"");
        }
    }

    @Test
    void cutsWhatDoesNotEndThenEither() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        EdgeTimeouts timeouts = new EdgeTimeouts(HALF, LONG, LONG, LONG, LONG, LONG);
        Route stuck = Route.get("/stuck", request -> {
            begun.countDown();
            never.await();
            return Answer.text(200, "text/plain", "never");
        });
        try (EdgeBench bench = EdgeBench.with(settings(timeouts), null, stuck);
                RawClient client = bench.client()) {
            client.get("/stuck");
            assertThat(begun.await(2, TimeUnit.SECONDS)).isTrue();

            bench.edge.drain();

            assertThat(client.seesEnd()).isTrue();
        }
    }

    @Test
    void stopsAtOnceWhenClosed() throws Exception {
        FakeExchange exchange = new FakeExchange();
        EdgeBench bench = EdgeBench.plain(EdgeBench.relaying(exchange, true));
        try (RawClient client = bench.client()) {
            client.post("/relay", "{}");
            assertThat(exchange.awaited.await(2, TimeUnit.SECONDS)).isTrue();

            long before = System.nanoTime();
            bench.close();

            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(5));
            assertThat(exchange.closed.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void changesRoutesUnderRunningRequests() throws Exception {
        try (EdgeBench bench = EdgeBench.plain(slow);
                RawClient running = bench.client();
                RawClient other = bench.client()) {
            running.get("/slow");
            assertThat(entered.await(2, TimeUnit.SECONDS)).isTrue();

            assertThat(bench.publish("other", quick, slow))
                    .containsExactly("GET /slow of 'other' is refused: 'test' has it already");
            assertThat(other.get("/quick").response().status()).isEqualTo(200);
            bench.publish("test");
            bench.publish("other");
            assertThat(other.get("/quick").response().status()).isEqualTo(404);
            assertThat(other.get("/slow").response().status()).isEqualTo(404);
            goOn.countDown();

            assertThat(running.response().body()).isEqualTo("done");
        }
    }

    @Test
    void endsConnectionsThatSayNothing() throws Exception {
        EdgeTimeouts timeouts = new EdgeTimeouts(HALF, LONG, HALF, LONG, HALF, LONG);
        try (EdgeBench bench = EdgeBench.with(settings(timeouts), null, quick);
                RawClient silent = bench.client();
                RawClient halting = bench.client();
                RawClient idle = bench.client()) {
            halting.send("GET /quick HTTP/1.1\r\nHo");
            idle.get("/quick").response();

            assertThat(silent.seesEnd()).isTrue();
            assertThat(halting.seesEnd()).isTrue();
            assertThat(idle.seesEnd()).isTrue();
        }
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws Exception {
        EdgeTimeouts timeouts = new EdgeTimeouts(HALF, LONG, LONG, HALF, LONG, LONG);
        Route echo = Route.post(
                "/echo",
                request -> Answer.text(200, "text/plain", "" + request.json().length()));
        try (EdgeBench bench = EdgeBench.with(settings(timeouts), null, echo);
                RawClient client = bench.client()) {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");

            assertThat(client.seesEnd()).isTrue();
            assertThat(bench.finished.poll(1, TimeUnit.SECONDS).status()).isZero();
        }
    }

    @Test
    void speaksTlsFromPemFilesAndWantsCertificatesOfClientsWhereItIsToldSo(@TempDir Path folder) throws Exception {
        TestTls tls = TestTls.in(folder);
        Path certificate = pem(folder.resolve("cert.pem"), "CERTIFICATE", tls.certificate());
        Path key = pem(folder.resolve("key.pem"), "PRIVATE KEY", tls.privateKey());
        EdgeSettings settings = EdgeSettings.plain("127.0.0.1", 0).with(EdgeTls.pem(certificate, key, null));

        try (EdgeBench bench = EdgeBench.with(settings, null, quick);
                RawClient client = new RawClient(bench.edge.port(), tls, 0)) {
            assertThat(client.get("/quick").response().body()).isEqualTo("quick");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EdgeTls.pem(certificate, certificate, null))
                .withMessageContaining("cert.pem")
                .withMessageContaining("PKCS #8");
        EdgeSettings strict = EdgeSettings.plain("127.0.0.1", 0).with(EdgeTls.pem(certificate, key, certificate));

        try (EdgeBench bench = EdgeBench.with(strict, null, quick);
                RawClient known = new RawClient(bench.edge.port(), tls, 0);
                RawClient stranger = new RawClient(bench.edge.port(), tls.withoutKey(), 0)) {
            assertThat(known.get("/quick").response().body()).isEqualTo("quick");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> stranger.get("/quick").response());
        }
    }

    private static Path pem(Path file, String label, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label),
                StandardCharsets.US_ASCII);
    }
}
