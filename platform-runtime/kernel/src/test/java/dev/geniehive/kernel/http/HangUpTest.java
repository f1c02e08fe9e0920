package dev.geniehive.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes frees its engine within a second, in every phase, however it goes, with TLS and without. */
@Timeout(20)
class HangUpTest {
    private static TestTls certificate;

    private final FakeExchange exchange = new FakeExchange();

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        certificate = TestTls.in(folder);
    }

    private EdgeBench bench(boolean tls, boolean streaming, EdgeTimeouts timeouts) {
        return EdgeBench.with(
                EdgeSettings.plain("127.0.0.1", 0).with(timeouts),
                tls ? certificate : null,
                EdgeBench.relaying(exchange, streaming),
                Route.get("/plain", request -> Answer.text(200, "text/plain", "plain")));
    }

    private static void go(RawClient client, String how) throws IOException {
        switch (how) {
            case "reset" -> client.reset();
            case "vanish" -> client.vanish();
            default -> client.hangUp();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, hang-up", "false, false, vanish", "false, true, reset",
        "true, true, hang-up", "true, false, vanish", "true, true, reset"
    })
    void endsTheExchangeThatWaits(boolean tls, boolean streaming, String how) throws Exception {
        try (EdgeBench bench = bench(tls, streaming, EdgeBench.TIMEOUTS);
                RawClient client = bench.client()) {
            client.post("/relay", "{}");
            assertThat(exchange.awaited.await(2, TimeUnit.SECONDS)).isTrue();

            go(client, how);

            assertThat(exchange.closed.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(bench.finished.poll(1, TimeUnit.SECONDS).status()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, hang-up", "false, false, hang-up", "false, true, vanish", "false, true, reset",
        "true, true, hang-up", "true, false, hang-up", "true, true, vanish", "true, true, reset"
    })
    void endsTheExchangeWhoseEngineHasNotSaidAByte(boolean tls, boolean streaming, String how) throws Exception {
        FakeReply reply = streaming ? FakeReply.stream() : new FakeReply(200, Headers.NONE);
        exchange.answers(reply);

        try (EdgeBench bench = bench(tls, streaming, EdgeBench.TIMEOUTS);
                RawClient client = bench.client()) {
            client.post("/relay", "{}");
            assertThat(reply.beingRead.await(2, TimeUnit.SECONDS)).isTrue();

            go(client, how);

            assertThat(exchange.closed.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(bench.finished.poll(1, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, hang-up", "false, true, reset", "false, false, vanish",
        "true, true, hang-up", "true, true, reset", "true, true, vanish"
    })
    void endsTheExchangeWhoseEngineFellSilent(boolean tls, boolean streaming, String how) throws Exception {
        FakeReply reply = streaming ? FakeReply.stream() : new FakeReply(200, Headers.NONE);
        exchange.answers(reply.says("begun"));

        try (EdgeBench bench = bench(tls, streaming, EdgeBench.TIMEOUTS);
                RawClient client = bench.client()) {
            client.post("/relay", "{}").head();
            assertThat(client.chunk()).isEqualTo("begun");

            go(client, how);

            assertThat(exchange.closed.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(bench.finished.poll(1, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interruptsAHandlerThatTakesLong(boolean tls) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Route slow = Route.get("/slow", request -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return Answer.text(200, "text/plain", "");
        });

        try (EdgeBench bench = EdgeBench.with(EdgeSettings.plain("127.0.0.1", 0), tls ? certificate : null, slow);
                RawClient client = bench.client()) {
            client.get("/slow");
            assertThat(entered.await(2, TimeUnit.SECONDS)).isTrue();

            client.hangUp();

            assertThat(interrupted.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsRequestsThatCameWhileItWatched(boolean tls) throws Exception {
        FakeReply reply = FakeReply.stream().says("begun");
        exchange.answers(reply);

        try (EdgeBench bench = bench(tls, true, EdgeBench.TIMEOUTS);
                RawClient client = bench.client()) {
            client.post("/relay", "{}").head();
            assertThat(client.chunk()).isEqualTo("begun");
            client.get("/plain").get("/plain");
            client.send("GET /pla");
            reply.says("more");
            assertThat(client.chunk()).isEqualTo("more");
            reply.ends();
            assertThat(client.chunk()).isEmpty();
            assertThat(exchange.closed.await(1, TimeUnit.SECONDS)).isTrue();

            client.send("in HTTP/1.1\r\nHost: x\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                assertThat(client.response().body()).isEqualTo("plain");
            }
            assertThat(client.get("/plain").response().body()).isEqualTo("plain");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void survivesAClientThatSendsTooMuchBehindARunningRequest(boolean tls) throws Exception {
        FakeReply reply = FakeReply.stream().says("begun");
        exchange.answers(reply);

        try (EdgeBench bench = bench(tls, true, EdgeBench.TIMEOUTS);
                RawClient client = bench.client()) {
            client.post("/relay", "{}").head();
            client.chunk();
            String requests = "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2000);
            client.send(requests);
            reply.ends();
            assertThat(client.chunk()).isEmpty();

            for (int i = 0; i < 2000; i++) {
                assertThat(client.response().body()).isEqualTo("plain");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutsAClientThatStopsReading(boolean tls) throws Exception {
        FakeReply reply = FakeReply.stream();
        byte[] piece = new byte[1 << 20];
        for (int i = 0; i < 64; i++) {
            reply.says(piece);
        }
        exchange.answers(reply);

        try (EdgeBench bench = bench(tls, true, EdgeBench.write(Duration.ofMillis(400)));
                RawClient client = bench.smallClient()) {
            client.post("/relay", "{}").head();

            assertThat(exchange.closed.await(6, TimeUnit.SECONDS)).isTrue();
            assertThat(reply.taken.get()).isLessThan(32L << 20);
            assertThat(bench.finished.poll(1, TimeUnit.SECONDS)).isNotNull();
        }
    }
}
