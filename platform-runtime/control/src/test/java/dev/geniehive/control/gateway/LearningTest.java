package dev.geniehive.control.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ModelPerformance;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.testkit.FakeStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the hive learns from requests about those who served them. */
@Timeout(20)
class LearningTest {
    private static final String STREAM = "{\"model\":\"qwen\",\"stream\":true}";

    private final Scene scene = new Scene(Map.of());

    @Test
    void learnsTheTimeToTheFirstTokenOfAStreamAndThatItEndedWell() throws Exception {
        scene.with("box/a", invocation -> after(200, ScriptedReply.events(ScriptedReply.EVENTS)));

        answer(STREAM);

        assertThat(performance("box/a").firstTokenMillis()).isEqualTo(200);
        ModelPerformance shown = shown("box/a");
        assertThat(shown.firstTokenMillisP50().orElseThrow()).isCloseTo(200, within(10.0));
        assertThat(shown.samples()).isOne();
        assertThat(shown.errorRate()).hasValue(0);
    }

    @Test
    void estimatesTheFirstTokenOfAnAnswerThatCameAtOnce() throws Exception {
        scene.with("box/a", invocation -> after(1000, ScriptedReply.json(200, ScriptedReply.ANSWER)));

        answer("{\"model\":\"qwen\"}");

        assertThat(performance("box/a").firstTokenMillis()).isCloseTo(200, within(0.001)); // four tokens, and the first
        assertThat(shown("box/a").firstTokenMillisP50()).isEmpty();
    }

    @Test
    void takesTheTimeOfALoadForWhatItIs() throws Exception {
        scene.with("box/a", invocation -> after(9000, ScriptedReply.events(ScriptedReply.EVENTS)));
        scene.held().has("box/a", HeldHive.having(Asset.installed("qwen")), HeldHive.atMost(1));

        answer(STREAM);

        assertThat(performance("box/a").firstTokenMillis()).isZero();
        assertThat(shown("box/a").loadSeconds().orElseThrow()).isCloseTo(9, within(0.45));
    }

    @Test
    void countsAFailureForWhoFailedAndTimesOnlyWhoAnswered() throws Exception {
        scene.with("box/a", invocation -> after(700, ScriptedReply.json(500, "{}")))
                .with("box/b", invocation -> after(100, ScriptedReply.events(ScriptedReply.EVENTS)));

        answer(STREAM);

        assertThat(shown("box/a").errorRate()).hasValue(1);
        assertThat(performance("box/a").firstTokenMillis()).isZero();
        assertThat(shown("box/b").errorRate()).hasValue(0);
        assertThat(performance("box/b").firstTokenMillis())
                .as("not the time that another one wasted")
                .isEqualTo(100);
        assertThat(performance("box/a").lastChosen()).isEqualTo(1);
        assertThat(performance("box/b").lastChosen()).isEqualTo(2);
    }

    @Test
    void countsAStreamThatBreaksOffAsAFailure() throws Exception {
        scene.with("box/a", invocation -> ScriptedReply.events("data: {\"id\":1}\n\n"));

        answer(STREAM);

        assertThat(shown("box/a").errorRate()).hasValue(1);
        assertThat(shown("box/a").tokensPerSecond()).isEmpty();
        assertThat(scene.ended()).containsExactly("qwen 4 upstream_failed");
    }

    @Test
    void countsAStreamThatIsSilentForTooLongByWhatItWas() throws Exception {
        scene.with(
                "box/a",
                invocation -> ScriptedReply.of(200, "text/event-stream", new Tail("data: {\"id\":1}\n\n", () -> {
                    throw new UpstreamException(UpstreamException.Failure.IDLE_TIMED_OUT, true, "silence");
                })));

        answer(STREAM);

        assertThat(shown("box/a").errorRate()).hasValue(1);
        assertThat(scene.ended()).containsExactly("qwen 4 upstream_timeout");
    }

    @Test
    void countsALongAnswerThatBreaksOffAsAFailureToo() throws Exception {
        String start = "{\"data\":\"" + "x".repeat(Attempt.WHOLE_BYTES);
        scene.with(
                "box/a",
                invocation -> ScriptedReply.of(200, "application/json", new Tail(start, () -> {
                    throw new IOException("connection reset");
                })));

        answer("{\"model\":\"qwen\"}");

        assertThat(shown("box/a").errorRate()).hasValue(1);
        assertThat(performance("box/a").firstTokenMillis()).isZero();
        assertThat(scene.ended()).containsExactly("qwen 4 upstream_failed");
    }

    @Test
    void countsALongAnswerThatCameWholeAsASuccess() throws Exception {
        String all = "{\"data\":\"" + "x".repeat(2 * Attempt.WHOLE_BYTES) + "\"}";
        scene.with("box/a", invocation -> ScriptedReply.json(200, all));

        answer("{\"model\":\"qwen\"}");

        assertThat(shown("box/a").errorRate()).hasValue(0);
        assertThat(scene.ended()).containsExactly("qwen 4 ok");
    }

    @Test
    void holdsAClientThatGoesAwayAgainstNobody() throws Exception {
        FakeStream goesOn = new FakeStream();
        goesOn.feed("data: {\"id\":1}\n\n");
        scene.with("box/a", invocation -> ScriptedReply.of(200, "text/event-stream", goesOn));
        Exchange exchange = scene.ask(STREAM);
        exchange.await(Scene.SOON);

        exchange.close();

        assertThat(shown("box/a").errorRate()).hasValue(0);
        assertThat(shown("box/a").samples()).isOne();
        assertThat(scene.ended()).as("neither a success").containsExactly("qwen 4 cancelled");
    }

    /** A text, and then something else than an end. */
    private static final class Tail extends InputStream {
        private final InputStream text;
        private final Callable<Integer> end;

        Tail(String text, Callable<Integer> end) {
            this.text = new ByteArrayInputStream(text.getBytes(UTF_8));
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            int next = text.read();
            return next >= 0 ? next : end();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = text.read(into, offset, length);
            return count >= 0 ? count : end();
        }

        private int end() throws IOException {
            try {
                return end.call();
            } catch (IOException | RuntimeException asWanted) {
                throw asWanted;
            } catch (Exception other) {
                throw new AssertionError(other);
            }
        }
    }

    private Reply after(int millis, Reply reply) {
        scene.held().after(Duration.ofMillis(millis));
        return reply;
    }

    private void answer(String json) throws IOException, InterruptedException {
        try (Exchange exchange = scene.ask(json)) {
            if (exchange.await(Scene.SOON) instanceof Progress.Answered answered) {
                readAll(answered);
            }
        }
    }

    private static void readAll(Progress.Answered answered) throws IOException {
        try {
            answered.reply().body().readAllBytes();
        } catch (UpstreamException brokeOff) {
            assertThat(brokeOff.sent()).isTrue();
        } catch (IOException brokeOff) {
            assertThat(brokeOff).hasMessage("connection reset");
        }
    }

    private Performance performance(String service) {
        return scene.held().service(service).gauge().performance("qwen");
    }

    private ModelPerformance shown(String service) {
        return Performance.together(List.of(performance(service)));
    }
}
