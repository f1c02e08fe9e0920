package dev.geniehive.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeStream;
import dev.geniehive.testkit.FakeUpstream;
import dev.geniehive.testkit.FakeUpstream.Seen;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GlanceTest {
    private final FakeUpstream server = new FakeUpstream();
    private final Glance glance = new Glance(server);

    @Test
    void asksOnceForEachPath() throws Exception {
        server.on("/health", FakeReply.json(503, "{\"status\":\"no\"}").with("server", "llama.cpp"));

        for (int i = 0; i < 3; i++) {
            Probe health = Probe.get(glance, "/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.headers().first("Server")).contains("llama.cpp");
            assertThat(health.text()).isEqualTo("{\"status\":\"no\"}");
            assertThat(Probe.get(glance, "/props").status()).isEqualTo(404);
        }

        assertThat(server.requests()).extracting(Seen::path).containsExactly("/health", "/props");
    }

    @Test
    void asksAgainWhatIsMoreThanAQuestion() throws Exception {
        server.on("/api/show", FakeReply.json("{}"));
        UpstreamRequest request =
                UpstreamRequest.post("/api/show", Body.of("{}".getBytes(StandardCharsets.UTF_8), "application/json"));

        Probe.send(glance, request);
        Probe.send(glance, request);

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void keepsNoLongAnswerAndPassesItOnWhole() throws Exception {
        String page = "x".repeat(300_000);
        server.on("/", FakeReply.text(200, "text/html", page));

        assertThat(Probe.get(glance, "/").text()).isEqualTo(page);
        assertThat(Probe.get(glance, "/").text()).isEqualTo(page);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void hangsUpOnAnAnswerThatDoesNotEnd() throws Exception {
        server.on("/events", FakeReply.endless());

        assertThat(Probe.get(glance, "/events").text()).hasSize(Probe.MAX_BYTES);
    }

    @Test
    void asksOnWhereOnePathIsSlow() throws Exception {
        server.on("/health", FakeReply.failing(Failure.FIRST_BYTE_TIMED_OUT)).on("/v1/models", FakeReply.json("{}"));
        refuses("/health");
        server.on("/health", FakeReply.json("{}"));

        assertThat(refuses("/health")).hasMessageContaining("/health");
        assertThat(Probe.get(glance, "/v1/models").ok()).isTrue();
    }

    @Test
    void asksNoMoreAfterTwoQuestionsThatWereLeftOpen() {
        server.otherwise(FakeReply.failing(Failure.FIRST_BYTE_TIMED_OUT))
                .on("/health", FakeReply.json("{\"status\":\"ok\"}"));
        refuses("/a");
        refuses("/b");

        assertThat(refuses("/health").failure()).isEqualTo(Failure.FIRST_BYTE_TIMED_OUT);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void countsWhatWasGivenUpAsLeftOpen() throws Exception {
        server.otherwise(FakeReply.streaming("application/json", new FakeStream()));
        for (int i = 0; i < 2; i++) {
            String path = "/" + i;
            Thread asking = Thread.ofVirtual().start(() -> refusesOrIsInterrupted(path));
            asking.interrupt();
            asking.join();
        }

        refuses("/health");
    }

    @Test
    void asksOnAfterAFailureThatIsNoSilence() throws Exception {
        server.otherwise(FakeReply.failing(Failure.BROKEN)).on("/health", FakeReply.json("{}"));
        refuses("/a");
        refuses("/b");
        refuses("/c");

        assertThat(Probe.get(glance, "/health").ok()).isTrue();
    }

    private UpstreamException refuses(String path) {
        return assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> Probe.get(glance, path))
                .actual();
    }

    private void refusesOrIsInterrupted(String path) {
        try {
            Probe.get(glance, path);
        } catch (InterruptedException | UpstreamException expected) {
            Thread.currentThread().interrupt();
        }
    }
}
