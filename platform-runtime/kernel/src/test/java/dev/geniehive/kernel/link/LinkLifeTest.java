package dev.geniehive.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.upstream.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that come and go. */
@Timeout(20)
class LinkLifeTest {
    private static final UpstreamRequest GET = UpstreamRequest.get("/");

    /** What is silent for so long counts as dead: so long that a busy machine is not. */
    private static final Duration SILENT = Duration.ofMillis(800);

    @TempDir
    private Path folder;

    private static String text(UpstreamReply reply) throws IOException {
        try (reply) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void growsForAsManyRequestsAsThereAreAndShrinksAgain() throws Exception {
        int many = 50;
        CountDownLatch all = new CountDownLatch(many);
        Engine.Script together = asked -> {
            all.countDown();
            all.await();
            return asked.answer("ok");
        };
        LinkSettings quick = LinkBench.settings(LinkBench.LONG, LinkBench.LONG, LinkBench.BRIEF);
        try (Engine engine = new Engine(together);
                LinkBench bench = LinkBench.plain(folder).with(engine);
                LinkClient node = bench.node(quick, bench.control(), LinkBench.KEY)) {
            List<Running> callers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                callers.add(new Running(() -> text(bench.linked().send(GET))));
            }
            for (Running caller : callers) {
                assertThat(caller.result()).isEqualTo("ok");
            }
            assertThat(node.connections()).isGreaterThanOrEqualTo(many);

            Running.until(() -> node.connections() == 2 && bench.hub.connections(LinkBench.NODE) == 2);
            assertThat(text(bench.linked().send(GET))).isEqualTo("ok");
            assertThat(bench.hub.connections(LinkBench.NODE)).isBetween(2, 3);
        }
    }

    @Test
    void healsWhenAllConnectionsAreCut() throws Exception {
        try (Engine engine = new Engine(asked -> asked.answer("ok"));
                LinkBench bench = LinkBench.plain(folder).with(engine);
                LinkClient node = bench.node()) {
            for (int i = 0; i < 5; i++) {
                Running.until(() -> bench.hub.connections(LinkBench.NODE) >= 2);
                bench.hub.cut(LinkBench.NODE, "its host is lost");
                assertThat(text(bench.linked().send(GET))).isEqualTo("ok");
            }
            assertThat(node.connections()).isPositive();
        }
    }

    @Test
    void tellsThatANodeHasNoConnectionOrNoneFree() throws Exception {
        Timeouts hasty = new Timeouts(LinkBench.BRIEF, LinkBench.LONG, LinkBench.LONG, LinkBench.LONG);
        try (Engine engine = new Engine(asked -> asked.beginChunks().awaitHangUp());
                LinkBench bench = LinkBench.plain(folder).with(engine)) {
            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> bench.linked(hasty).send(GET))
                    .withMessage("workshop/llama cannot be reached for GET /: its node has no connection here.")
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.REFUSED))
                    .satisfies(e -> assertThat(e.sent()).isFalse());

            LinkSettings single = new LinkSettings(
                    1, 1, LinkBench.LONG, LinkBench.LONG, LinkBench.LONG, LinkBench.BRIEF, LinkBench.BRIEF);
            try (LinkClient node = bench.node(single, bench.control(), LinkBench.KEY);
                    UpstreamReply running = bench.linked().send(GET)) {
                assertThatExceptionOfType(UpstreamException.class)
                        .isThrownBy(() -> bench.linked(hasty).send(GET))
                        .withMessageContaining("all 1 connections of its node stayed in use for 200 ms")
                        .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.BUSY));
                assertThat(running.status()).isEqualTo(200);
                assertThat(node.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void pingsKeepIdleConnectionsAndSilenceEndsThem() throws Exception {
        LinkSettings quick = LinkBench.settings(Duration.ofMillis(30), SILENT, LinkBench.LONG);
        try (LinkBench bench = new LinkBench(folder, null, quick);
                LinkClient node = bench.node(quick, bench.control(), LinkBench.KEY);
                Silence silence = new Silence(bench.edge.port())) {
            Running.until(() -> bench.hub.connections(LinkBench.NODE) == 2);
            long before = bench.hub.heardAt(LinkBench.NODE).orElseThrow();
            Running.until(() -> bench.hub.heardAt(LinkBench.NODE).orElseThrow() - before > 2 * SILENT.toNanos());
            assertThat(bench.hub.connections(LinkBench.NODE)).isEqualTo(2);
            Running.until(() -> bench.hub.roundTripNanos(LinkBench.NODE).isPresent());
            AtomicInteger ups = silence.connections;

            OutputStream deafAndDumb = silence.link();
            Running.until(() -> bench.hub.connections(LinkBench.NODE) == 3);
            Running.until(() -> bench.hub.connections(LinkBench.NODE) == 2);

            assertThat(silence.sawPing()).isTrue();
            assertThat(deafAndDumb).isNotNull();
            try (LinkClient deaf = bench.node(quick, silence.uri(), LinkBench.KEY)) {
                Running.until(() -> ups.get() >= 5);
                assertThat(deaf.connections()).isLessThanOrEqualTo(2);
            }
            assertThat(node.connections()).isEqualTo(2);
        }
    }

    /** Speaks the handshake, as either side, and then nothing. */
    private static final class Silence implements AutoCloseable {
        private final int port;
        private final ServerSocket listener;
        private final AtomicInteger connections = new AtomicInteger();
        private final LinkedBlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        private final List<Socket> open = new ArrayList<>();

        Silence(int port) throws IOException {
            this.port = port;
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    connections.incrementAndGet();
                    socket.getOutputStream()
                            .write(
                                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: geniehive-link\r\n\r\n"
                                            .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // closed
                }
            }
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + listener.getLocalPort());
        }

        OutputStream link() throws IOException {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(socket);
            socket.getOutputStream()
                    .write(ControlAddress.of(URI.create("http://127.0.0.1:" + port), LinkBench.KEY)
                            .request());
            Thread.ofVirtual().start(() -> {
                try {
                    InputStream in = socket.getInputStream();
                    for (int b = in.read(); b >= 0; b = in.read()) {
                        heard.add(b);
                    }
                } catch (IOException e) {
                    // closed
                }
            });
            return socket.getOutputStream();
        }

        boolean sawPing() {
            return heard.contains(FrameType.PING.code());
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void aSlowReaderSlowsTheEngineDownAndLosesNothing() throws Exception {
        int pieces = 4000;
        String piece = "x".repeat(8000);
        AtomicInteger said = new AtomicInteger();
        Engine.Script fast = asked -> {
            asked.say("HTTP/1.1 200 OK\r\nContent-Length: " + (long) pieces * piece.length() + "\r\n\r\n");
            for (int i = 0; i < pieces; i++) {
                asked.say(piece);
                said.incrementAndGet();
            }
            return true;
        };
        LinkSettings quick = LinkBench.settings(Duration.ofMillis(30), SILENT, LinkBench.LONG);
        try (Engine engine = new Engine(fast);
                LinkBench bench = new LinkBench(folder, null, quick).with(engine);
                LinkClient node = bench.node(quick, bench.control(), LinkBench.KEY);
                UpstreamReply reply = bench.linked().send(GET)) {
            int before = -1;
            for (long since = System.nanoTime(); System.nanoTime() - since < 2 * SILENT.toNanos(); ) {
                if (before != said.get()) {
                    before = said.get();
                    since = System.nanoTime();
                }
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(said.get()).isLessThan(pieces);

            assertThat(reply.body().transferTo(OutputStream.nullOutputStream()))
                    .isEqualTo((long) pieces * piece.length());
            assertThat(node.connections()).isPositive();
        }
    }

    @Test
    void endsAConnectionThatBreaksTheProtocol() throws Exception {
        byte[] unasked = {(byte) FrameType.END.code(), 0, 0, 0};
        byte[] endless = {(byte) FrameType.DATA.code(), 1, 0, 0};
        try (LinkBench bench = LinkBench.plain(folder);
                Silence rude = new Silence(bench.edge.port())) {
            for (byte[] frame : List.of(unasked, endless)) {
                OutputStream out = rude.link();
                Running.until(() -> bench.hub.connections(LinkBench.NODE) == 1);

                out.write(frame);

                Running.until(() -> bench.hub.connections(LinkBench.NODE) == 0);
            }
        }
    }

    @Test
    void nudgesANode() throws Exception {
        try (LinkBench bench = LinkBench.plain(folder);
                LinkClient node = bench.node()) {
            bench.hub.nudge("attic");
            Running.until(() -> bench.hub.connections(LinkBench.NODE) == 2 && node.connections() == 2);
            bench.nudges.clear(); // what it was told when it came

            bench.hub.nudge(LinkBench.NODE);

            assertThat(bench.nudges.poll(2, TimeUnit.SECONDS)).isEqualTo("nudge");
            assertThat(node.connections()).isEqualTo(2);
        }
    }

    @Test
    void triesOnWithAKeyThatIsRefused() throws Exception {
        try (LinkBench bench = LinkBench.plain(folder)) {
            AtomicInteger dials = new AtomicInteger();
            LinkClient.Parts parts = bench.parts();
            LinkClient.Parts counting = new LinkClient.Parts(
                    (endpoint, timeout) -> {
                        dials.incrementAndGet();
                        return parts.sockets().open(endpoint, timeout);
                    },
                    parts.services(),
                    parts.bodies(),
                    parts.nudged(),
                    parts.ticker(),
                    parts.random());
            LinkClient node = LinkClient.start(LinkBench.SETTINGS, bench.control(), "wrong-key", counting);
            Running.until(() -> dials.get() >= 4);
            node.close();
            assertThat(node.connections()).isZero();
            assertThat(bench.hub.connections(LinkBench.NODE)).isZero();
        }
    }

    @Test
    void saysWhatTheControlPlaneSaidWhenItRefuses() throws Exception {
        try (LinkBench bench = LinkBench.plain(folder)) {
            ControlAddress address = ControlAddress.of(bench.control(), "wrong-key");
            var stream = bench.parts().sockets().open(address.endpoint(), LinkBench.BRIEF);
            Handshake handshake =
                    new Handshake(stream, LinkBench.LONG, bench.parts().ticker());

            assertThatExceptionOfType(RefusedLinkException.class)
                    .isThrownBy(() -> handshake.shake(address.request()))
                    .withMessage("it answered 401: Nobody has the key that was sent.");
            stream.close();
        }
    }

    @Test
    void refusesRequestsOnceClosed() throws Exception {
        try (LinkBench bench = LinkBench.plain(folder)) {
            bench.hub.close();

            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> bench.linked().send(UpstreamRequest.post("/", Body.of(new byte[1], "a/b"))))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.CANCELLED))
                    .satisfies(e -> assertThat(e.sent()).isFalse());
        }
    }
}
