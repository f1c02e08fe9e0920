package dev.geniehive.kernel.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class UpstreamTimeoutTest {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(60);

    private static void fails(Failure failure, boolean sent, String message, ThrowingCallable what) {
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(what)
                .withMessage(message)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure))
                .satisfies(e -> assertThat(e.sent()).isEqualTo(sent));
    }

    private static Target target(URI uri, Duration connect, Duration firstByte, Duration idle, Duration write) {
        return Target.of("box/engine", uri).withTimeouts(new Timeouts(connect, firstByte, idle, write));
    }

    @Test
    void saysWhenNobodyListens() throws Exception {
        URI nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
        }
        try (Upstreams upstreams = Upstreams.overSockets()) {
            fails(
                    Failure.REFUSED,
                    false,
                    "box/engine cannot be reached for GET /v1/models: Connection refused.",
                    () -> upstreams.to(Target.of("box/engine", nobody)).send(UpstreamRequest.get("/v1/models?x=y")));
            fails(
                    Failure.REFUSED,
                    false,
                    "box/engine cannot be reached for GET /: its host name is not known.",
                    () -> upstreams
                            .to(Target.of("box/engine", URI.create("http://nobody.invalid")))
                            .send(UpstreamRequest.get("/")));
            assertThat(upstreams.pools()).allMatch(pool -> pool.live() == 0);
        }
    }

    @Test
    void waitsForAConnectionOnlySoLong() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Upstreams upstreams = Upstreams.overSockets()) {
            URI uri = URI.create("http://127.0.0.1:" + full.getLocalPort());
            List<Socket> queue = new ArrayList<>();
            try {
                for (int i = 0; i < 2; i++) {
                    queue.add(new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort()));
                }
                fails(
                        Failure.CONNECT_TIMED_OUT,
                        false,
                        "box/engine gave no connection for GET / within 60 ms.",
                        () -> upstreams.to(target(uri, SHORT, LONG, LONG, LONG)).send(UpstreamRequest.get("/")));
            } finally {
                for (Socket socket : queue) {
                    socket.close();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 100 Continue\r\n\r\n"})
    void waitsForTheFirstByteOnlySoLong(String interim) throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.head();
                    peer.say(interim);
                    peer.awaitHangUp();
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            fails(
                    Failure.FIRST_BYTE_TIMED_OUT,
                    true,
                    "box/engine did not start to answer GET / within 60 ms.",
                    () -> upstreams
                            .to(target(server.uri(), LONG, SHORT, LONG, LONG))
                            .send(UpstreamRequest.get("/")));
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9", "Transfer-Encoding: chunked", "Connection: close"})
    void waitsForTheFirstByteOfTheBodyAsLongAsForTheHead(String framing) throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.head();
                    peer.say("HTTP/1.1 200 OK\r\n%s\r\n\r\n".formatted(framing));
                    peer.awaitHangUp();
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            UpstreamReply reply =
                    upstreams.to(target(server.uri(), LONG, SHORT, LONG, LONG)).send(UpstreamRequest.get("/"));
            fails(
                    Failure.FIRST_BYTE_TIMED_OUT,
                    true,
                    "box/engine did not start to answer GET / within 60 ms.",
                    () -> reply.body().read());
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @Test
    void countsTheFirstByteFromTheEndOfALargeRequest() throws Exception {
        Body large = Body.of(new byte[1_000_000], "text/plain");
        try (RawServer server = new RawServer(peer -> {
                    peer.head();
                    peer.body(1_000_000);
                    peer.awaitHangUp();
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            fails(
                    Failure.FIRST_BYTE_TIMED_OUT,
                    true,
                    "box/engine did not start to answer POST / within 60 ms.",
                    () -> upstreams
                            .to(target(server.uri(), LONG, SHORT, LONG, LONG))
                            .send(UpstreamRequest.post("/", large)));
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
                "HTTP/1.1 200 OK\r\n\r\nabc"
            })
    void waitsInTheMiddleOfAReplyOnlySoLong(String start) throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.head();
                    peer.say(start);
                    peer.awaitHangUp();
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            fails(
                    Failure.IDLE_TIMED_OUT,
                    true,
                    "box/engine paused for 60 ms in the middle of its reply to GET /.",
                    () -> upstreams
                            .to(target(server.uri(), LONG, LONG, SHORT, LONG))
                            .send(UpstreamRequest.get("/"))
                            .body()
                            .readAllBytes());
            assertThat(server.sawHangUp()).isTrue();
            assertThat(upstreams.pools()).allMatch(pool -> pool.live() == 0);
        }
    }

    @Test
    void waitsForItsBytesToBeTakenOnlySoLong() throws Exception {
        Body large = Body.of(new byte[32 * 1024 * 1024], "text/plain");
        try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Upstreams upstreams = Upstreams.overSockets()) {
            URI uri = URI.create("http://127.0.0.1:" + deaf.getLocalPort());
            fails(
                    Failure.WRITE_TIMED_OUT,
                    true,
                    "box/engine took no more bytes of POST / for 60 ms.",
                    () -> upstreams.to(target(uri, LONG, LONG, LONG, SHORT)).send(UpstreamRequest.post("/", large)));
            assertThat(upstreams.pools()).allMatch(pool -> pool.live() == 0);
        }
    }

    @Test
    void freesAWriterOfASmallRequestToo() throws Exception {
        Held clock = new Held();
        BlockedStream blocked = new BlockedStream();
        try (Upstreams upstreams = new Upstreams(PoolSettings.DEFAULT, clock, (endpoint, timeout) -> blocked)) {
            Running mover = Running.virtual(() -> {
                blocked.awaitWriter();
                clock.advance(Duration.ofSeconds(31));
                return "moved";
            });
            fails(
                    Failure.WRITE_TIMED_OUT,
                    true,
                    "box/engine took no more bytes of GET / for 30 s.",
                    () -> upstreams
                            .to(Target.of("box/engine", URI.create("http://fake")))
                            .send(UpstreamRequest.get("/")));
            assertThat(mover.result()).isEqualTo("moved");
        }
    }

    @Test
    void givesASlowReplyTheTimeItNeedsAsLongAsItGoesOn() throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.head();
                    peer.say("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
                    for (int i = 0; i < 20; i++) {
                        peer.pause(Duration.ofMillis(20));
                        peer.say("x");
                    }
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            UpstreamReply reply = upstreams
                    .to(target(server.uri(), LONG, LONG, Duration.ofMillis(300), LONG))
                    .send(UpstreamRequest.get("/"));

            assertThat(reply.body().readAllBytes()).hasSize(20);
        }
    }
}
