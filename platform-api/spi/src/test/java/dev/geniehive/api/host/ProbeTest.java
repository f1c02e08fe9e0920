package dev.geniehive.api.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.UpstreamException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void readsJson() throws InterruptedException {
        Probe probe = Probe.get(answering(200, "{\"a\":1}"), "/x");

        assertThat(probe.ok()).isTrue();
        assertThat(probe.json().get("a").asLong()).hasValue(1);
    }

    @Test
    void readsWhatIsNoJsonAsNothing() throws InterruptedException {
        assertThat(Probe.get(answering(200, "<html>"), "/x").json()).isEqualTo(Json.nothing());
        assertThat(Probe.get(answering(200, "[".repeat(100_000)), "/x").json()).isEqualTo(Json.nothing());
        assertThat(Probe.get(answering(200, " ".repeat(Probe.MAX_BYTES) + "{}"), "/x")
                        .json())
                .isEqualTo(Json.nothing());
    }

    @Test
    void saysThatAKeyIsWanted() throws InterruptedException {
        assertThat(Probe.get(answering(401, ""), "/x").wantsKey()).isTrue();
        assertThat(Probe.get(answering(404, ""), "/x").wantsKey()).isFalse();
    }

    @Test
    void namesTheUpstreamWhereAReplyBreaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        };

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> Probe.get(new Answering(200, broken), "/x"))
                .withMessage("box/llama broke off while answering /x");
    }

    @Test
    void takesOnlySaneTextForAName() {
        assertThat(Probe.name(Json.of("org/model:7b"))).contains("org/model:7b");
        assertThat(Probe.name(Json.of(" "))).isEmpty();
        assertThat(Probe.name(Json.of("a\u0000b"))).isEmpty();
        assertThat(Probe.name(Json.of("a".repeat(301)))).isEmpty();
        assertThat(Probe.name(Json.of(7))).isEmpty();
    }

    private static Upstream answering(int status, String text) {
        return new Answering(status, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private record Answering(int status, InputStream body) implements Upstream, UpstreamReply {
        @Override
        public String name() {
            return "box/llama";
        }

        @Override
        public UpstreamReply send(UpstreamRequest request) {
            return this;
        }

        @Override
        public Headers headers() {
            return Headers.NONE;
        }

        @Override
        public void close() {}
    }
}
