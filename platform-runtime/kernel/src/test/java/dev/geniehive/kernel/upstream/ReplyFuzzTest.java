package dev.geniehive.kernel.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.upstream.ScriptedStream.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever an engine says, however it is cut: no hang, no exception but ours, no byte past the end of a body, no
 * second request after a broken reply. A failure names its seed.
 */
@Timeout(60)
class ReplyFuzzTest {
    private static final List<Ending> ENDINGS = List.of(Ending.CLOSED, Ending.RESET, Ending.SILENT);
    private static final int WHOLE = 8_000;
    private static final int BROKEN = 12_000;
    private static final int OVER_SOCKETS = 300;

    /** What a reply came to: status, body, and how it failed, if it did. */
    private record Outcome(int status, String body, String failure) {}

    @Test
    void readsWholeRepliesTheSameHoweverTheyAreCut() throws Exception {
        try (Upstreams upstreams = Upstreams.overSockets()) {
            Streams streams = new Streams(upstreams);
            for (int seed = 0; seed < WHOLE; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                GeneratedReply reply = GeneratedReply.random(random);
                Ending ending = reply.endsWithConnection() ? Ending.CLOSED : Ending.SILENT;
                byte[] bytes = reply.bytes();
                ScriptedStream stream = new ScriptedStream(GeneratedReply.cut(bytes, random), ending);

                Outcome outcome = streams.ask(reply.method(), stream, 1 + random.nextInt(9000));

                assertThat(outcome).as("seed %d", seed).isEqualTo(new Outcome(reply.status(), reply.body(), ""));
                assertThat(stream.closed()).as("seed %d", seed).isEqualTo(!reply.reusable());
                assertThat(stream.reads()).as("seed %d", seed).isLessThanOrEqualTo(bytes.length + 1);
                streams.forget();
            }
        }
    }

    @Test
    void survivesEveryBrokenReply() throws Exception {
        int broken = 0;
        try (Upstreams upstreams = Upstreams.overSockets()) {
            Streams streams = new Streams(upstreams);
            for (int seed = 0; seed < BROKEN; seed++) {
                SplittableRandom random = new SplittableRandom(1_000_000 + seed);
                GeneratedReply reply = GeneratedReply.random(random);
                byte[] bytes = GeneratedReply.mutate(reply.bytes(), random);
                Ending ending = ENDINGS.get(random.nextInt(ENDINGS.size()));
                ScriptedStream stream = new ScriptedStream(GeneratedReply.cut(bytes, random), ending);

                Outcome outcome = streams.ask(reply.method(), stream, 1 + random.nextInt(9000));

                assertThat(stream.reads()).as("seed %d", seed).isLessThanOrEqualTo(bytes.length + 2);
                if (!outcome.failure().isEmpty()) {
                    broken++;
                    assertThat(stream.closed()).as("seed %d", seed).isTrue();
                }
                assertSameWhenCutElsewhere(streams, seed, reply.method(), bytes, ending, outcome);
            }
        }
        assertThat(broken).isBetween(BROKEN / 4, BROKEN - 1);
    }

    private static void assertSameWhenCutElsewhere(
            Streams streams, int seed, String method, byte[] bytes, Ending ending, Outcome outcome)
            throws InterruptedException, IOException {
        streams.forget();
        ScriptedStream inOnePiece = new ScriptedStream(bytes.length == 0 ? List.of() : List.of(bytes), ending);

        assertThat(streams.ask(method, inOnePiece, 8192)).as("seed %d", seed).isEqualTo(outcome);
        streams.forget();
    }

    @Test
    void neverReadsPastTheEndOfAReply() throws Exception {
        try (Upstreams upstreams = Upstreams.overSockets()) {
            Streams streams = new Streams(upstreams);
            for (int seed = 0; seed < 2_000; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                GeneratedReply reply = GeneratedReply.random(random);
                if (reply.endsWithConnection()) {
                    continue;
                }
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(reply.bytes());
                bytes.writeBytes("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL".getBytes(ISO_8859_1));
                ScriptedStream stream =
                        new ScriptedStream(GeneratedReply.cut(bytes.toByteArray(), random), Ending.SILENT);

                Outcome outcome = streams.ask(reply.method(), stream, 1 + random.nextInt(9000));
                Outcome next = streams.ask("GET", fresh(), 100);

                assertThat(outcome).as("seed %d", seed).isEqualTo(new Outcome(reply.status(), reply.body(), ""));
                assertThat(next).as("seed %d", seed).isEqualTo(new Outcome(200, "good", ""));
                streams.forget();
            }
        }
    }

    private static ScriptedStream fresh() {
        byte[] good = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood".getBytes(ISO_8859_1);
        return new ScriptedStream(List.of(good), Ending.SILENT);
    }

    @Test
    void survivesThemOverSocketsToo() throws Exception {
        Timeouts hasty = new Timeouts(
                Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(5));
        BlockingQueue<Integer> said = new LinkedBlockingQueue<>();
        RawServer.Script hostile = peer -> {
            for (String head; (head = peer.head()) != null; ) {
                if (head.startsWith("GET /good ")) {
                    peer.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood");
                    continue;
                }
                int seed = Integer.parseInt(head.replaceAll("(?s)[A-Z]+ /(\\d+) .*", "$1"));
                SplittableRandom random = new SplittableRandom(seed);
                byte[] bytes = GeneratedReply.random(random).bytes();
                try {
                    for (byte[] piece :
                            GeneratedReply.cut(seed % 2 == 0 ? bytes : GeneratedReply.mutate(bytes, random), random)) {
                        peer.say(piece);
                    }
                } finally {
                    said.add(seed);
                }
                return;
            }
        };
        try (RawServer server = new RawServer(hostile);
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream upstream = upstreams.to(server.target().withTimeouts(hasty));
            for (int seed = 0; seed < OVER_SOCKETS; seed++) {
                GeneratedReply reply = GeneratedReply.random(new SplittableRandom(seed));

                Outcome outcome = outcome(upstream, reply.method(), "/" + seed, 5000);
                // bytes past a reply can be noticed once they are there, and not before
                assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo(seed);
                Outcome good = outcome(upstream, "GET", "/good", 100);

                assertThat(good).as("after seed %d", seed).isEqualTo(new Outcome(200, "good", ""));
                if (seed % 2 == 0) {
                    assertThat(outcome).as("seed %d", seed).isEqualTo(new Outcome(reply.status(), reply.body(), ""));
                }
            }
        }
    }

    private static Outcome outcome(Upstream upstream, String method, String path, int bufferSize)
            throws InterruptedException, IOException {
        int status = 0;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (UpstreamReply reply = upstream.send(new UpstreamRequest(method, path, Headers.NONE, Body.empty()))) {
            status = reply.status();
            byte[] buffer = new byte[bufferSize];
            for (int count; (count = reply.body().read(buffer)) >= 0; ) {
                assertThat(count).isPositive();
                body.write(buffer, 0, count);
            }
        } catch (UpstreamException e) {
            String found = e.failure() == Failure.MALFORMED
                    ? e.toString()
                    : e.failure().name();
            return new Outcome(status, body.toString(ISO_8859_1), found);
        }
        return new Outcome(status, body.toString(ISO_8859_1), "");
    }

    /** An engine in memory: each new connection is what the case at hand says. */
    private static final class Streams {
        private final Upstreams upstreams;
        private final Target target = Target.of("box/engine", URI.create("http://fake"));
        private final AtomicReference<ScriptedStream> next = new AtomicReference<>();
        private final Upstream upstream;

        Streams(Upstreams upstreams) {
            this.upstreams = upstreams;
            this.upstream = upstreams.to(target, (endpoint, timeout) -> next.get());
        }

        Outcome ask(String method, ScriptedStream stream, int bufferSize) throws InterruptedException, IOException {
            next.set(stream);
            return outcome(upstream, method, "/", bufferSize);
        }

        void forget() {
            assertThat(upstreams.pools()).allMatch(pool -> pool.live() == pool.idle());
            upstreams.forget(target.endpoint());
        }
    }
}
