package dev.geniehive.kernel.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.BodyFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class EarlyReplyTest {
    private static final String TOO_LARGE = "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge";

    private static UpstreamRequest upload(int bytes) {
        return UpstreamRequest.post("/up", Body.of(new byte[bytes], "text/plain"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60_000, 70_000, 40_000_000})
    void hearsAnEngineThatAnswersAndCloses(int bytes) throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.head();
                    peer.say(TOO_LARGE);
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            for (int i = 0; i < 20; i++) {
                try (UpstreamReply reply = upstreams.to(server.target()).send(upload(bytes))) {
                    assertThat(reply.status()).isEqualTo(413);
                    assertThat(reply.body().readAllBytes()).asString().isEqualTo("large");
                }
            }
        }
    }

    @Test
    void hearsAnEngineThatAnswersAndReadsNoFurther() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
                    peer.head();
                    peer.say(TOO_LARGE);
                    read.await();
                    peer.awaitHangUp();
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            UpstreamReply reply = upstreams.to(server.target()).send(upload(40_000_000));

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body().readAllBytes()).asString().isEqualTo("large");
            read.countDown();
            assertThat(server.sawHangUp()).isTrue();
            assertThat(upstreams.pools()).extracting(PoolState::live).containsExactly(0);
        }
    }

    @Test
    void goesOnSendingWhileAnEarlyReplyIsRead() throws Exception {
        int bytes = 3_000_000;
        try (RawServer server = new RawServer(peer -> {
                    peer.head();
                    peer.say("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n");
                    for (int left = bytes; left > 0; left -= 10_000) {
                        peer.say(peer.body(10_000));
                    }
                });
                Upstreams upstreams = Upstreams.overSockets()) {
            UpstreamReply reply = upstreams.to(server.target()).send(upload(bytes));

            assertThat(reply.body().readAllBytes()).hasSize(bytes);
        }
    }

    /** The write fails at once, and what the engine said is still to be read. */
    @Test
    void hearsAnEngineThatAnsweredBeforeASmallRequestCouldBeWritten() throws Exception {
        ByteStream deaf = new ByteStream() {
            private final ByteArrayInputStream said = new ByteArrayInputStream(TOO_LARGE.getBytes(UTF_8));

            @Override
            public int read(byte[] into, int offset, int length, long timeoutMillis) {
                return said.read(into, offset, length);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                throw new SocketException("Broken pipe");
            }

            @Override
            public boolean stale() {
                return true;
            }

            @Override
            public void close() {
                said.reset();
            }
        };
        try (Upstreams upstreams = Upstreams.overSockets()) {
            UpstreamReply reply = upstreams
                    .to(Target.of("e", URI.create("http://fake")), (endpoint, timeout) -> deaf)
                    .send(upload(5));

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body().readAllBytes()).asString().isEqualTo("large");
            assertThat(upstreams.pools()).extracting(PoolState::live).containsExactly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000_000})
    void hangsUpWhenTheBodyIsShorterThanItSays(int bytes) throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::awaitHangUp);
                Upstreams upstreams = Upstreams.overSockets()) {
            UpstreamRequest request = UpstreamRequest.post("/", new ShortBody(bytes));

            assertThatIllegalStateException()
                    .isThrownBy(() -> upstreams.to(server.target()).send(request))
                    .withMessage("the body of a request is shorter than its length of %d bytes".formatted(bytes));
            assertThat(server.sawHangUp()).isTrue();
            assertThat(upstreams.pools()).extracting(PoolState::live).containsExactly(0);
        }
    }

    private record ShortBody(long length) implements Body {
        @Override
        public String contentType() {
            return "text/plain";
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[(int) length - 1]);
        }

        @Override
        public BodyFacts facts() {
            return BodyFacts.NONE;
        }

        @Override
        public Body withModel(String model) {
            return this;
        }
    }
}
