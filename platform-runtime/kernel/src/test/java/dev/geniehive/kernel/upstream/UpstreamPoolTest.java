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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class UpstreamPoolTest {
    private static final UpstreamRequest GET = UpstreamRequest.get("/");
    private static final RawServer.Script SAYS_ITS_NUMBER = peer -> {
        while (peer.head() != null) {
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + peer.number());
        }
    };

    private static String ask(Upstream upstream) throws InterruptedException, IOException {
        try (UpstreamReply reply = upstream.send(GET)) {
            return new String(reply.body().readAllBytes(), UTF_8);
        }
    }

    private static RawServer thatEndsWith(String headers, String body) {
        return new RawServer(peer -> {
            while (peer.head() != null) {
                peer.say("HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body);
            }
        });
    }

    @Test
    void sharesConnectionsBetweenUpstreamsOfAnEndpoint() throws Exception {
        try (RawServer server = new RawServer(SAYS_ITS_NUMBER);
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream one = upstreams.to(server.target());
            Upstream two = upstreams.to(server.target().withKey("k"));

            assertThat(ask(one) + ask(two) + ask(one)).isEqualTo("111");
            assertThat(upstreams.pools())
                    .containsExactly(new PoolState(server.target().endpoint(), 1, 1));
        }
    }

    @Test
    void takesTheConnectionThatWasUsedLast() throws Exception {
        try (RawServer server = new RawServer(SAYS_ITS_NUMBER);
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream upstream = upstreams.to(server.target());
            UpstreamReply first = upstream.send(GET);
            UpstreamReply second = upstream.send(GET);
            String lastOne = new String(second.body().readAllBytes(), UTF_8);
            String firstOne = new String(first.body().readAllBytes(), UTF_8);

            assertThat(lastOne).isNotEqualTo(firstOne);
            assertThat(ask(upstream) + ask(upstream)).isEqualTo(firstOne + firstOne);
        }
    }

    @Test
    void keepsAConnectionOnceTheBodyIsReadEvenIfNobodyAsksForItsEnd() throws Exception {
        for (RawServer server : List.of(
                thatEndsWith("Content-Length: 2\r\n", "ok"),
                thatEndsWith("Transfer-Encoding: chunked\r\n", "2\r\nok\r\n0\r\n\r\n"))) {
            try (server;
                    Upstreams upstreams = Upstreams.overSockets()) {
                Upstream upstream = upstreams.to(server.target());
                for (int i = 0; i < 3; i++) {
                    try (UpstreamReply reply = upstream.send(GET)) {
                        assertThat(reply.body().readNBytes(2)).asString().isEqualTo("ok");
                    }
                }
                assertThat(server.accepted()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close\r\nContent-Length: 2\r\n",
                "Connection: x, Close\r\nContent-Length: 2\r\n",
                "Content-Length: 1\r\n",
                "Keep-Alive: timeout=0\r\nContent-Length: 2\r\n"
            })
    void keepsNoConnectionThatIsNotGoodForMore(String headers) throws Exception {
        try (RawServer server = thatEndsWith(headers, "ok");
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream upstream = upstreams.to(server.target());

            String both = ask(upstream) + ask(upstream);

            assertThat(both).matches("(ok?){2}");

            assertThat(server.accepted()).isEqualTo(2);
            assertThat(upstreams.pools()).extracting(PoolState::live).containsExactly(0);
        }
    }

    @Test
    void keepsConnectionsOfOldServersOnlyIfTheySaySo() throws Exception {
        RawServer.Script old = peer -> {
            for (String head; (head = peer.head()) != null; ) {
                String keep = head.startsWith("GET /keep") ? "Connection: keep-alive\r\n" : "";
                peer.say("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n" + keep + "\r\nok");
            }
        };
        try (RawServer server = new RawServer(old);
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream upstream = upstreams.to(server.target());
            upstream.send(UpstreamRequest.get("/keep")).body().readAllBytes();
            ask(upstream);
            ask(upstream);

            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void noticesThatAnIdleConnectionWasClosed() throws Exception {
        RawServer.Script once = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        };
        try (RawServer server = new RawServer(once);
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream upstream = upstreams.to(server.target());
            for (int i = 1; i <= 20; i++) {
                assertThat(ask(upstream)).isEqualTo("ok");
                assertThat(server.accepted()).isEqualTo(i);
            }
        }
    }

    @Test
    void noticesBytesNobodyAskedFor() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        RawServer.Script chatty = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + peer.number());
            asked.await();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nX");
            said.countDown();
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(chatty);
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream upstream = upstreams.to(server.target());
            assertThat(ask(upstream)).isEqualTo("1");
            asked.countDown();
            said.await();

            assertThat(ask(upstream)).isEqualTo("2");
            assertThat(server.sawHangUp()).isTrue();
        }
    }

    @Test
    void asksOnceMoreWhenAReusedConnectionDiesUnheard() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        RawServer.Script diesOnItsSecondRequest = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            seen.add(peer.number() + peer.head() + peer.body(3));
            if (peer.number() > 1) {
                peer.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        };
        try (RawServer server = new RawServer(diesOnItsSecondRequest);
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream upstream = upstreams.to(server.target());
            ask(upstream);

            UpstreamReply reply =
                    upstream.send(UpstreamRequest.post("/again", Body.of("abc".getBytes(UTF_8), "text/plain")));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(seen).first().asString().startsWith("1POST /again").endsWith("abc");
        }
    }

    @Test
    void asksOnlyOnceOnAFreshConnectionAndAfterTheFirstByte() throws Exception {
        RawServer.Script dies = peer -> {
            peer.head();
            peer.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            if (peer.head() != null) {
                peer.say("H");
            }
        };
        try (RawServer dead = new RawServer(RawServer.Peer::head);
                RawServer halfDead = new RawServer(dies);
                Upstreams upstreams = Upstreams.overSockets()) {
            fails(Failure.BROKEN, upstreams.to(dead.target()));
            assertThat(dead.accepted()).isEqualTo(1);

            ask(upstreams.to(halfDead.target()));
            fails(Failure.BROKEN, upstreams.to(halfDead.target()));
            assertThat(halfDead.accepted()).isEqualTo(1);
            assertThat(upstreams.pools()).extracting(PoolState::live).containsExactly(0, 0);
        }
    }

    private static void fails(Failure failure, Upstream upstream) {
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> upstream.send(GET))
                .withMessageStartingWith("box/engine ")
                .withMessageContaining("GET /")
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    @Test
    void closesConnectionsThatWereIdleForTooLong() throws Exception {
        Held clock = new Held();
        RawServer.Script script = peer -> {
            SAYS_ITS_NUMBER.play(peer);
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(script);
                Upstreams upstreams = new Upstreams(PoolSettings.DEFAULT, clock, Dialer.sockets())) {
            Upstream upstream = upstreams.to(server.target());
            ask(upstream);
            clock.advance(Duration.ofSeconds(29));
            assertThat(ask(upstream)).isEqualTo("1");
            clock.advance(Duration.ofSeconds(30));

            assertThat(ask(upstream)).isEqualTo("2");
            clock.advance(Duration.ofSeconds(30));

            assertThat(server.sawHangUps(2)).isTrue();
            Waiting.until(() -> upstreams.pools().getFirst().live() == 0);
        }
    }

    @Test
    void closesBeforeTheEngineSaysItWill() throws Exception {
        Held clock = new Held();
        try (RawServer server = thatEndsWith("Keep-Alive: timeout=5, max=100\r\nContent-Length: 0\r\n", "");
                Upstreams upstreams = new Upstreams(PoolSettings.DEFAULT, clock, Dialer.sockets())) {
            ask(upstreams.to(server.target()));
            clock.advance(Duration.ofMillis(4500));
            ask(upstreams.to(server.target()));

            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void keepsNoMoreIdleConnectionsThanItMay() throws Exception {
        PoolSettings two = new PoolSettings(2, Duration.ofSeconds(30));
        try (RawServer server = new RawServer(SAYS_ITS_NUMBER);
                Upstreams upstreams = new Upstreams(two, Ticker.system(), Dialer.sockets())) {
            List<UpstreamReply> replies = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                replies.add(upstreams.to(server.target()).send(GET));
            }
            for (UpstreamReply reply : replies) {
                reply.body().readAllBytes();
            }

            assertThat(upstreams.pools())
                    .containsExactly(new PoolState(server.target().endpoint(), 2, 2));
        }
    }

    @Test
    void waitsForAPlaceWhereTheyAreLimitedAndThenSaysBusy() throws Exception {
        try (RawServer server = new RawServer(SAYS_ITS_NUMBER);
                Upstreams upstreams = Upstreams.overSockets();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Target target = server.target().withMaxConnections(1);
            UpstreamReply held = upstreams.to(target).send(GET);
            Timeouts hasty = new Timeouts(
                    Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));

            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> upstreams.to(target.withTimeouts(hasty)).send(GET))
                    .withMessage("box/engine did not get to GET /: all of its 1 connections stayed in use for 20 ms.")
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.BUSY))
                    .satisfies(e -> assertThat(e.sent()).isFalse());
            Future<String> waiting = threads.submit(() -> ask(upstreams.to(target)));
            held.body().readAllBytes();
            assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("1");

            UpstreamReply given = upstreams.to(target).send(GET);
            waiting = threads.submit(() -> ask(upstreams.to(target)));
            given.close();
            assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("2");
        }
    }

    @Test
    void forgetsEndpointsThatAreGone() throws Exception {
        RawServer.Script script = peer -> {
            SAYS_ITS_NUMBER.play(peer);
            peer.awaitHangUp();
        };
        try (RawServer server = new RawServer(script);
                Upstreams upstreams = Upstreams.overSockets()) {
            Upstream upstream = upstreams.to(server.target());
            UpstreamReply running = upstream.send(GET);
            ask(upstream);

            upstreams.forget(server.target().endpoint());

            assertThat(server.sawHangUp()).isTrue();
            assertThat(upstreams.pools()).isEmpty();
            assertThat(running.body().readAllBytes()).hasSize(1);
            assertThat(server.sawHangUp()).isTrue();
            assertThat(ask(upstream)).isEqualTo("3");
        }
    }

    @Test
    void carriesManyExchangesAtOnce() throws Exception {
        RawServer.Script echo = peer -> {
            for (String head; (head = peer.head()) != null; ) {
                int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
                String body = peer.body(length);
                peer.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                for (int at = 0; at < length; at += 1000) {
                    String chunk = body.substring(at, Math.min(length, at + 1000));
                    peer.say(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
                }
                peer.say("0\r\n\r\n");
            }
        };
        try (RawServer server = new RawServer(echo);
                Upstreams upstreams = Upstreams.overSockets();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Upstream upstream = upstreams.to(server.target().withMaxConnections(20));
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String text = ("exchange " + i + ";").repeat(100 + 37 * i);
                answers.add(threads.submit(() -> echoes(upstream, text)));
            }

            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
            assertThat(server.accepted()).isBetween(1, 20);
        }
    }

    private static boolean echoes(Upstream upstream, String text) throws InterruptedException, IOException {
        for (int i = 0; i < 10; i++) {
            Body body = Body.of(text.getBytes(UTF_8), "text/plain");
            try (UpstreamReply reply = upstream.send(UpstreamRequest.post("/", body))) {
                if (!text.equals(new String(reply.body().readAllBytes(), UTF_8))) {
                    return false;
                }
            }
        }
        return true;
    }
}
