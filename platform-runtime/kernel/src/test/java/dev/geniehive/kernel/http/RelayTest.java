package dev.geniehive.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.kernel.http.RawClient.Head;
import dev.geniehive.kernel.http.RawClient.Response;
import java.io.EOFException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RelayTest {
    private static final EdgeTimeouts QUICK_LINES = new EdgeTimeouts(
            EdgeBench.TIMEOUTS.drain(),
            EdgeBench.TIMEOUTS.write(),
            EdgeBench.TIMEOUTS.head(),
            EdgeBench.TIMEOUTS.body(),
            EdgeBench.TIMEOUTS.idle(),
            Duration.ofMillis(150));

    private final FakeExchange exchange = new FakeExchange();

    private EdgeBench bench(boolean streaming) {
        return EdgeBench.with(
                EdgeSettings.plain("127.0.0.1", 0).with(QUICK_LINES),
                null,
                EdgeBench.relaying(exchange, streaming),
                Route.get("/plain", request -> Answer.text(200, "text/plain", "plain")));
    }

    @Test
    void passesEachPieceOnWhenItComesAndApartFromTheOthers() throws Exception {
        FakeReply reply = FakeReply.stream();
        exchange.answers(reply);

        try (EdgeBench bench = bench(true);
                RawClient client = bench.client()) {
            reply.says("data: first\n\n");
            Head head = client.post("/relay", "{}").head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("text/event-stream");
            assertThat(head.header("cache-control")).isEqualTo("no-cache");
            assertThat(head.header("x-accel-buffering")).isEqualTo("no");
            assertThat(head.header("x-geniehive-host")).isEqualTo("workshop");
            assertThat(client.chunk()).isEqualTo("data: first\n\n");
            for (int i = 0; i < 5; i++) {
                reply.says("data: é" + i + "\n\n");
                assertThat(client.chunk()).isEqualTo("data: é" + i + "\n\n");
            }
            reply.ends();
            assertThat(client.chunk()).isEmpty();

            assertThat(exchange.closed.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(client.get("/plain").response().body()).isEqualTo("plain");
        }
    }

    @Test
    void doesNotHoldTheFirstPieceBack() throws Exception {
        FakeReply reply = FakeReply.stream();
        exchange.answers(reply);

        try (EdgeBench bench = bench(true);
                RawClient client = bench.client()) {
            reply.says("warm");
            client.post("/relay", "{}").head();
            client.chunk();
            long quickest = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                long said = System.nanoTime();
                reply.says("x");
                client.chunk();
                quickest = Math.min(quickest, System.nanoTime() - said);
            }

            assertThat(quickest).isLessThan(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void sendsAWholeReplyExactlyWithItsLength() throws Exception {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 'x');
        FakeReply reply =
                new FakeReply(201, Headers.of("content-type", "application/json", "content-length", "100000"));
        exchange.answers(reply.says(Arrays.copyOf(bytes, 60_000))
                .says(Arrays.copyOf(bytes, 40_000))
                .ends());

        try (EdgeBench bench = bench(false);
                RawClient client = bench.client()) {
            Response response = client.post("/relay", "{}").response();

            assertThat(response.status()).isEqualTo(201);
            assertThat(response.header("content-length")).isEqualTo("100000");
            assertThat(response.header("transfer-encoding")).isEmpty();
            assertThat(response.body()).hasSize(100_000).containsOnlyOnce("x".repeat(100_000));
            assertThat(bench.bodiesReleased.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void writesWaitingLinesAndThenTheAnswer() throws Exception {
        try (EdgeBench bench = bench(true);
                RawClient client = bench.client()) {
            Head head = client.post("/relay", "{}").head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("text/event-stream");
            assertThat(client.chunk()).isEqualTo(": waiting queued\n\n");
            assertThat(client.chunk()).isEqualTo(": waiting queued\n\n");

            exchange.answers(FakeReply.stream().says("data: x\n\n").ends());

            assertThat(client.allChunks()).endsWith("data: x\n\n");
        }
    }

    @Test
    void keepsTheStatusOpenForAnswersThatAreNoStreams() throws Exception {
        try (EdgeBench bench = bench(false);
                RawClient client = bench.client()) {
            client.post("/relay", "{}");
            assertThat(exchange.awaited.await(2, TimeUnit.SECONDS)).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
            exchange.fails(new Problem(ErrorKind.UNAVAILABLE, "Nobody.").retryAfter(Duration.ofSeconds(2)));
            Response response = client.response();

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("retry-after")).isEqualTo("2");
            assertThat(response.header("x-geniehive-attempts")).isEqualTo("3");
            assertThat(response.body()).contains("\"no_healthy_service\"");
        }
    }

    @Test
    void breaksAStreamOffInItsOwnWayAfterWaitingLines() throws Exception {
        try (EdgeBench bench = bench(true);
                RawClient client = bench.client()) {
            client.post("/relay", "{}").head();
            client.chunk();
            exchange.fails(new Problem(ErrorKind.UNAVAILABLE, "Nobody."));

            assertThat(client.allChunks()).contains("\"status\":503").endsWith("data: [DONE]\n\n");
            assertThat(client.get("/plain").response().body()).isEqualTo("plain");
        }
    }

    @Test
    void breaksAStreamOffWhereTheEngineAnswersWithAnErrorAfterWaitingLines() throws Exception {
        try (EdgeBench bench = bench(true);
                RawClient client = bench.client()) {
            client.post("/relay", "{}").head();
            client.chunk();
            exchange.answers(new FakeReply(500, Headers.of("content-type", "text/html"))
                    .says("<html>")
                    .ends());

            assertThat(client.allChunks()).contains("\"status\":502").doesNotContain("<html>");
        }
    }

    @Test
    void saysInTheStreamThatTheEngineBrokeOff() throws Exception {
        FakeReply reply = FakeReply.stream().says("data: x\n\n");
        exchange.answers(reply.fails(
                new UpstreamException(UpstreamException.Failure.IDLE_TIMED_OUT, true, "The engine fell silent.")));

        try (EdgeBench bench = bench(true);
                RawClient client = bench.client()) {
            client.post("/relay", "{}").head();

            assertThat(client.chunk()).isEqualTo("data: x\n\n");
            assertThat(client.chunk()).contains("\"status\":504", "fell silent").endsWith("data: [DONE]\n\n");
            assertThat(client.chunk()).isEmpty();
            assertThat(exchange.closed.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void answersWithAnErrorWhereTheEngineBrokeOffBeforeItsFirstByte() throws Exception {
        exchange.answers(FakeReply.stream()
                .fails(new UpstreamException(UpstreamException.Failure.BROKEN, true, "The engine went away.")));

        try (EdgeBench bench = bench(true);
                RawClient client = bench.client()) {
            Response response = client.post("/relay", "{}").response();

            assertThat(response.status()).isEqualTo(502);
            assertThat(response.header("x-geniehive-host")).isEqualTo("workshop");
            assertThat(response.body()).contains("went away");
        }
    }

    @Test
    void neverMakesAShortAnswerLookComplete() throws Exception {
        FakeReply chunked = new FakeReply(200, Headers.of("content-type", "application/json")).says("{\"a\":");
        exchange.answers(chunked.fails(new IllegalStateException("gone")));

        try (EdgeBench bench = bench(false);
                RawClient client = bench.client()) {
            client.post("/relay", "{}").head();
            assertThat(client.chunk()).isEqualTo("{\"a\":");

            assertThatExceptionOfType(EOFException.class).isThrownBy(client::chunk);
        }
    }

    @Test
    void abortsWhereTheEngineSentLessThanItAnnounced() throws Exception {
        FakeReply reply = new FakeReply(200, Headers.of("content-type", "application/json", "content-length", "10"));
        exchange.answers(reply.says("12345").ends());

        try (EdgeBench bench = bench(false);
                RawClient client = bench.client()) {
            client.post("/relay", "{}").head();

            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> client.exactly(10))
                    .withMessageContaining("5 of 10");
        }
    }
}
