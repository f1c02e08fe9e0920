package dev.geniehive.kernel.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class UpstreamCancellationTest {
    private static final UpstreamRequest GET = UpstreamRequest.get("/");
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);

    private final Upstreams upstreams = Upstreams.overSockets();

    @AfterEach
    void close() {
        upstreams.close();
    }

    private static Running start(boolean virtual, Callable<?> work) {
        return virtual ? Running.virtual(work) : Running.platform(work);
    }

    private Upstream patient(String uri) {
        return upstreams.to(Target.of("box/engine", URI.create(uri)).withTimeouts(PATIENT));
    }

    private void endsInterrupted(Running running) throws InterruptedException {
        running.thread().interrupt();

        assertThat(running.result()).isInstanceOf(InterruptedException.class);
        assertThat(upstreams.pools()).allMatch(pool -> pool.live() == 0);
    }

    private static void isCancelled(Object result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.failure()).isEqualTo(Failure.CANCELLED));
    }

    @Test
    void closingAReplyFreesItsReaderAndHangsUp() throws Exception {
        RawServer.Script endless = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(endless)) {
            for (boolean virtual : new boolean[] {true, false}) {
                UpstreamReply reply = upstreams.to(server.target()).send(GET);
                CountDownLatch first = new CountDownLatch(1);
                Running reader = start(virtual, () -> {
                    reply.body().read();
                    first.countDown();
                    return reply.body().read();
                });
                first.await();
                reader.awaitBlocked();

                reply.close();
                reply.close();

                isCancelled(reader.result());
                assertThat(server.sawHangUp()).isTrue();
                assertThat(upstreams.pools()).allMatch(pool -> pool.live() == 0);
            }
        }
    }

    @Test
    void closingAReplyBeforeItsEndHangsUpAndAfterItsEndDoesNot() throws Exception {
        RawServer.Script script = peer -> {
            while (peer.head() != null) {
                peer.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
            }
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(script)) {
            UpstreamReply half = upstreams.to(server.target()).send(GET);
            assertThat(half.body().read()).isEqualTo('a');
            half.body().close();
            assertThat(server.sawHangUp()).isTrue();
            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> half.body().read())
                    .satisfies(UpstreamCancellationTest::isCancelled);

            UpstreamReply whole = upstreams.to(server.target()).send(GET);
            assertThat(whole.body().readNBytes(3)).hasSize(3);
            UpstreamReply next = upstreams.to(server.target()).send(GET);
            whole.close();
            assertThat(next.body().readAllBytes()).hasSize(3);
            assertThat(whole.body().read()).isEqualTo(-1);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingAReaderHangsUp(boolean virtual) throws Exception {
        RawServer.Script endless = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na");
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(endless)) {
            UpstreamReply reply = upstreams.to(server.target()).send(GET);
            Running reader = start(virtual, () -> reply.body().readAllBytes());
            reader.awaitBlocked();

            reader.thread().interrupt();

            isCancelled(reader.result());
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingEndsTheWaitForAPlace(boolean virtual) throws Exception {
        RawServer.Script silent = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na");
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(silent)) {
            Upstream one = upstreams.to(server.target().withTimeouts(PATIENT).withMaxConnections(1));
            try (UpstreamReply holder = one.send(GET)) {
                assertThat(holder.status()).isEqualTo(200);
                Running waiting = start(virtual, () -> one.send(GET));
                waiting.awaitBlocked();

                waiting.thread().interrupt();

                assertThat(waiting.result()).isInstanceOf(InterruptedException.class);
                assertThat(upstreams.pools().getFirst().live()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingEndsConnecting(boolean virtual) throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort());
                Socket second = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            Running connecting = start(
                    virtual,
                    () -> patient("http://127.0.0.1:" + full.getLocalPort()).send(GET));
            Waiting.until(() -> !upstreams.pools().isEmpty());
            connecting.awaitBlocked();

            endsInterrupted(connecting);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingEndsATlsHandshake(boolean virtual) throws Exception {
        CountDownLatch greeted = new CountDownLatch(1);
        RawServer.Script silent = peer -> {
            peer.body(5);
            greeted.countDown();
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(silent)) {
            Running shaking = start(
                    virtual, () -> patient("https://127.0.0.1:" + server.port()).send(GET));
            greeted.await();

            endsInterrupted(shaking);
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingEndsWriting(boolean virtual) throws Exception {
        BlockedStream blocked = new BlockedStream();
        Upstream fake = upstreams.to(Target.of("e", URI.create("http://fake")), (endpoint, timeout) -> blocked);
        Running writing = start(virtual, () -> fake.send(GET));
        blocked.awaitWriter();

        endsInterrupted(writing);
        assertThat(blocked.closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingEndsWritingALargeBodyToADeafEngine(boolean virtual) throws Exception {
        Body large = Body.of(new byte[32 * 1024 * 1024], "text/plain");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        RawServer.Script deaf = peer -> {
            peer.head();
            begun.countDown();
            done.await();
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(deaf)) {
            Running writing =
                    start(virtual, () -> patient(server.uri().toString()).send(UpstreamRequest.post("/", large)));
            begun.await();
            writing.awaitBlocked();

            endsInterrupted(writing);
            done.countDown();
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptingEndsTheWaitForAReply(boolean virtual) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawServer.Script silent = peer -> {
            peer.head();
            asked.countDown();
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(silent)) {
            Running waiting =
                    start(virtual, () -> patient(server.uri().toString()).send(GET));
            asked.await();

            endsInterrupted(waiting);
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @Test
    void sendsNothingForAThreadThatIsInterruptedAlready() throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::awaitHangUp)) {
            Running interrupted = Running.virtual(() -> {
                Thread.currentThread().interrupt();
                return upstreams.to(server.target()).send(GET);
            });

            assertThat(interrupted.result()).isInstanceOf(InterruptedException.class);
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void closingTheClientHangsUpOnEverybody() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RawServer.Script silent = peer -> {
            peer.head();
            asked.countDown();
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(silent)) {
            Running waiting =
                    Running.virtual(() -> upstreams.to(server.target()).send(GET));
            asked.await();

            upstreams.close();

            isCancelled(waiting.result());
            assertThat(server.sawHangUp()).isTrue();
            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> upstreams.to(server.target()).send(GET))
                    .satisfies(e -> assertThat(e.sent()).isFalse());
        }
    }
}
