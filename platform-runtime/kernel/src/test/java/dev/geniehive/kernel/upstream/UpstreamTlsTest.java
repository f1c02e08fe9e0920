package dev.geniehive.kernel.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.app.Ticker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class UpstreamTlsTest {
    private static final UpstreamRequest GET = UpstreamRequest.get("/");
    private static final RawServer.Script SAYS_ITS_NUMBER = peer -> {
        while (peer.head() != null) {
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + peer.number());
        }
    };

    @SuppressWarnings("NullAway.Init")
    private static Certificates here;

    @SuppressWarnings("NullAway.Init")
    private static Certificates elsewhere;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        here = Certificates.make(folder, "dns:localhost,ip:127.0.0.1");
        elsewhere = Certificates.make(folder, "dns:elsewhere.example");
    }

    private static RawServer server(RawServer.Script script) throws IOException {
        return new RawServer(here.listen(), script);
    }

    private static Upstreams trusting(Certificates certificates, boolean verifyHostname) {
        return new Upstreams(
                PoolSettings.DEFAULT, Ticker.system(), Dialer.sockets(certificates.context(), verifyHostname));
    }

    private static Target target(RawServer server) {
        return Target.of("box/engine", URI.create("https://localhost:" + server.port()));
    }

    private static String ask(Upstream upstream) throws InterruptedException, IOException {
        try (UpstreamReply reply = upstream.send(GET)) {
            return new String(reply.body().readAllBytes(), UTF_8);
        }
    }

    private static void fails(Failure failure, boolean sent, Upstream upstream, String words) {
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> upstream.send(GET))
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(sent));
    }

    @Test
    void asksAgainOnTheSameConnection() throws Exception {
        try (RawServer server = server(SAYS_ITS_NUMBER);
                Upstreams upstreams = trusting(here, true)) {
            Upstream upstream = upstreams.to(target(server));

            assertThat(ask(upstream) + ask(upstream) + ask(upstream)).isEqualTo("111");
        }
    }

    @Test
    void noticesThatAnIdleConnectionWasClosed() throws Exception {
        RawServer.Script once = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + peer.number());
        };
        try (RawServer server = server(once);
                Upstreams upstreams = trusting(here, true)) {
            Upstream upstream = upstreams.to(target(server));

            assertThat(ask(upstream) + ask(upstream) + ask(upstream)).isEqualTo("123");
        }
    }

    @Test
    void refusesWhomItDoesNotTrust() throws Exception {
        try (RawServer server = server(SAYS_ITS_NUMBER);
                Upstreams upstreams = trusting(elsewhere, true);
                Upstreams ofTheJdk = Upstreams.overSockets()) {
            fails(Failure.BROKEN, false, upstreams.to(target(server)), "gave no secure connection for GET /: ");
            fails(Failure.BROKEN, false, ofTheJdk.to(target(server)), "gave no secure connection for GET /: ");
            assertThat(upstreams.pools()).allMatch(pool -> pool.live() == 0);
        }
    }

    @Test
    void refusesACertificateForSomebodyElseUnlessToldNotToLook() throws Exception {
        try (RawServer server = new RawServer(elsewhere.listen(), SAYS_ITS_NUMBER);
                Upstreams strict = trusting(elsewhere, true);
                Upstreams lax = trusting(elsewhere, false)) {
            fails(Failure.BROKEN, false, strict.to(target(server)), "gave no secure connection for GET /: ");
            assertThat(ask(lax.to(target(server)))).isEqualTo("2");
        }
    }

    @Test
    void refusesAServerWithoutTls() throws Exception {
        try (RawServer server = new RawServer(peer -> peer.say("HTTP/1.1 400 No\r\n\r\n"));
                Upstreams upstreams = trusting(here, true)) {
            fails(Failure.BROKEN, false, upstreams.to(target(server)), "gave no secure connection");
        }
    }

    @Test
    void countsTheHandshakeAsConnecting() throws Exception {
        Timeouts hasty = new Timeouts(
                Duration.ofMillis(80), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
        try (RawServer server = new RawServer(RawServer.Peer::awaitHangUp);
                Upstreams upstreams = trusting(here, true)) {
            Upstream upstream = upstreams.to(target(server).withTimeouts(hasty));

            fails(Failure.CONNECT_TIMED_OUT, false, upstream, "gave no connection for GET / within 80 ms");
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @Test
    void closingAReplyFreesItsReaderAndHangsUp() throws Exception {
        RawServer.Script endless = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na");
            peer.awaitHangUp();
        };
        try (RawServer server = server(endless);
                Upstreams upstreams = trusting(here, true)) {
            UpstreamReply reply = upstreams.to(target(server)).send(GET);
            Running reader = Running.virtual(() -> reply.body().readAllBytes());
            reader.awaitBlocked();

            reply.close();

            assertThat(reader.result())
                    .isInstanceOfSatisfying(
                            UpstreamException.class,
                            e -> assertThat(e.failure()).isEqualTo(Failure.CANCELLED));
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @Test
    void waitsInTheMiddleOfAReplyOnlySoLong() throws Exception {
        Timeouts hasty = new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(60), Duration.ofSeconds(5));
        RawServer.Script pauses = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na");
            peer.awaitHangUp();
        };
        try (RawServer server = server(pauses);
                Upstreams upstreams = trusting(here, true)) {
            UpstreamReply reply =
                    upstreams.to(target(server).withTimeouts(hasty)).send(GET);

            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> reply.body().readAllBytes())
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.IDLE_TIMED_OUT));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 60_000, 5_000_000})
    void hearsAnEngineThatAnswersAndCloses(int bytes) throws Exception {
        RawServer.Script early = peer -> {
            peer.head();
            peer.say("HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
        };
        try (RawServer server = server(early);
                Upstreams upstreams = trusting(here, true)) {
            UpstreamReply reply = upstreams
                    .to(target(server))
                    .send(UpstreamRequest.post("/", Body.of(new byte[bytes], "text/plain")));

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body().readAllBytes()).asString().isEqualTo("large");
        }
    }

    @Test
    void carriesLargeBodiesBothWays() throws Exception {
        int bytes = 3_000_000;
        RawServer.Script echo = peer -> {
            peer.head();
            String body = peer.body(bytes);
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n" + body);
        };
        try (RawServer server = server(echo);
                Upstreams upstreams = trusting(here, true)) {
            byte[] sent = "0123456789".repeat(bytes / 10).getBytes(UTF_8);
            UpstreamReply reply =
                    upstreams.to(target(server)).send(UpstreamRequest.post("/", Body.of(sent, "text/plain")));

            assertThat(reply.body().readAllBytes()).isEqualTo(sent);
        }
    }
}
