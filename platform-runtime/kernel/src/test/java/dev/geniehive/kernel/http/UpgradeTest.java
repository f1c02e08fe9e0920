package dev.geniehive.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Problem;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.kernel.upstream.ByteStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class UpgradeTest {
    private static final Duration BRIEF = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static TestTls certificate;

    private final BlockingQueue<ByteStream> streams = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Edge edge;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        certificate = TestTls.in(folder);
    }

    @AfterEach
    void close() {
        if (edge != null) {
            edge.close();
        }
    }

    private Edge open(boolean tls, EdgeTimeouts timeouts, Upgrade.Handler handler) {
        EdgeSettings plain = EdgeSettings.plain("127.0.0.1", 0).with(timeouts);
        EdgeParts parts = new EdgeParts(
                UpgradeTest::admit,
                (in, length, type, max) -> {
                    throw new IOException("no bodies here");
                },
                (pattern, status, nanos, out) -> {},
                (id, request) -> request.run(),
                () -> {},
                Ticker.system());
        Edge opened = new Edge(tls ? plain.with(new EdgeTls(certificate.context(), false)) : plain, parts);
        opened.offer(new Upgrade("echo", "/echo", Access.NODE, UpgradeTest::tooOld, (caller, headers, stream) -> {
            streams.add(stream);
            try {
                handler.run(caller, headers, stream);
            } finally {
                ended.countDown();
            }
        }));
        opened.open();
        edge = opened;
        return opened;
    }

    private static Caller admit(SocketAddress peer, Headers headers, Access needed, String id) {
        return switch (headers.first("authorization").orElse("")) {
            case "node", "admin" -> new Caller("somebody", id);
            case "client" -> throw new GenieException(ErrorKind.FORBIDDEN, "This needs a node's key.");
            default -> throw new GenieException(ErrorKind.UNAUTHORIZED, "This needs a node's key, and none came.");
        };
    }

    private static Optional<Problem> tooOld(Headers headers) {
        return headers.first("echo-version")
                .map(version -> new Problem(ErrorKind.INVALID_REQUEST, "echo_version", "It is " + version + "."));
    }

    private static void echo(Caller caller, Headers headers, ByteStream stream) throws IOException {
        byte[] buffer = new byte[100];
        for (int count; (count = stream.read(buffer, 0, 100, 1)) >= 0; ) {
            stream.write(buffer, 0, count);
        }
    }

    private static RawClient client(Edge edge, boolean tls) throws IOException {
        return new RawClient(edge.port(), tls ? certificate : null, 4096);
    }

    private static String asking(String key, String path, String more) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + key + "\r\n" + more + "\r\n";
    }

    private static RawClient upgraded(Edge edge, boolean tls) throws IOException {
        RawClient client = client(edge, tls);
        client.send(asking("node", "/echo", "Connection: Upgrade\r\nUpgrade: echo\r\n"));
        assertThat(client.head().status()).isEqualTo(101);
        return client;
    }

    @ParameterizedTest
    @CsvSource({
        "node,   /echo,  true,  101, ''", "admin,  /echo,  true,  101, ''",
        "client, /echo,  true,  403, permission_denied", "nobody, /echo,  true,  401, invalid_api_key",
        "nobody, /echo,  false, 401, invalid_api_key", "node,   /echo,  false, 426, upgrade_required",
        "node,   /other, true,  404, not_found"
    })
    void switchesOnlyThoseWhoMay(String key, String path, boolean asks, int status, String code) throws Exception {
        Edge open = open(false, EdgeBench.TIMEOUTS, UpgradeTest::echo);
        try (RawClient client = client(open, false)) {
            client.send(asking(key, path, asks ? "Connection: keep-alive, Upgrade\r\nUpgrade: echo\r\n" : ""));

            if (status == 101) {
                assertThat(client.head().header("upgrade")).isEqualTo("echo");
            } else {
                RawClient.Response response = client.response();
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.body()).contains("\"code\":\"" + code + "\"");
                assertThat(response.header("upgrade")).isEqualTo(status == 426 ? "echo" : "");
                assertThat(streams).isEmpty();
            }
        }
    }

    @Test
    void saysToWhoMayWhyItIsNotSwitched() throws Exception {
        Edge open = open(false, EdgeBench.TIMEOUTS, UpgradeTest::echo);
        String old = "Connection: Upgrade\r\nUpgrade: echo\r\necho-version: 0\r\n";
        try (RawClient client = client(open, false)) {
            RawClient.Response refused =
                    client.send(asking("node", "/echo", old)).response();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("echo_version");

            assertThat(client.send(asking("nobody", "/echo", old)).response().status())
                    .isEqualTo(401);
            assertThat(streams).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hasNoDeadlinesAndLosesNoBytes(boolean tls) throws Exception {
        EdgeTimeouts brief = new EdgeTimeouts(LONG, BRIEF, BRIEF, BRIEF, BRIEF, LONG);
        Edge open = open(tls, brief, UpgradeTest::echo);
        try (RawClient client = client(open, tls)) {
            client.send(asking("node", "/echo", "Connection: Upgrade\r\nUpgrade: echo\r\n") + "early");
            assertThat(client.head().status()).isEqualTo(101);
            assertThat(client.exactly(5)).isEqualTo("early");

            assertThat(ended.await(3 * BRIEF.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
            assertThat(client.send("late").exactly(4)).isEqualTo("late");

            client.hangUp();
            assertThat(ended.await(2, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingFreesAReaderAndAWriterThatIsStuck(boolean tls) throws Exception {
        Edge open = open(tls, EdgeBench.TIMEOUTS, UpgradeTest::echo);
        try (RawClient client = upgraded(open, tls)) {
            ByteStream stream = streams.take();
            CountDownLatch writerFreed = new CountDownLatch(1);
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        stream.write(new byte[1 << 20], 0, 1 << 20);
                    }
                } catch (IOException e) {
                    writerFreed.countDown();
                }
            });
            awaitStuck(writer);

            stream.close();
            stream.close();

            assertThat(writerFreed.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(ended.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(client).isNotNull();
        }
    }

    /** A writer that waits, and goes on waiting, is stuck: the client reads nothing. */
    private static void awaitStuck(Thread writer) {
        int still = 0;
        while (still < 50) {
            still = writer.getState() == Thread.State.WAITING ? still + 1 : 0;
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingFreesAReaderWhileNobodyWrites(boolean tls) throws Exception {
        Edge open = open(tls, EdgeBench.TIMEOUTS, UpgradeTest::echo);
        try (RawClient client = upgraded(open, tls)) {
            streams.take().close();

            assertThat(ended.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(client).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotHoldUpADrain(boolean tls) throws Exception {
        Edge open = open(tls, EdgeBench.TIMEOUTS, UpgradeTest::echo);
        try (RawClient client = upgraded(open, tls)) {
            assertThat(client.send("here").exactly(4)).isEqualTo("here");
            Thread drain = Thread.ofVirtual().start(open::drain);

            assertThat(drain.join(Duration.ofSeconds(3))).isTrue();
            assertThat(ended.getCount()).isZero();
        }
    }

    @Test
    void endsWhenTheHandlerReturnsOrFails() throws Exception {
        Edge open = open(false, EdgeBench.TIMEOUTS, (caller, headers, stream) -> {
            byte[] bye = (caller.principal() + headers.first("x-a").orElse("")).getBytes(StandardCharsets.UTF_8);
            stream.write(bye, 0, bye.length);
        });
        try (RawClient client = upgraded(open, false)) {
            assertThat(client.exactly(8)).isEqualTo("somebody");
            assertThat(client.seesEnd()).isTrue();
        }
    }
}
