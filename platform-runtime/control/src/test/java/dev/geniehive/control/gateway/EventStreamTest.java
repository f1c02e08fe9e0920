package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.UpstreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String DONE = "data: [DONE]\n\n";

    /** What came out, and how it ended. */
    private record Drained(String text, String failure) {}

    @Test
    void passesOnEveryByteHoweverTheStreamIsCut() {
        for (long seed = 0; seed < 100; seed++) {
            String text = events(new Random(seed)) + DONE;

            EventStream stream = new EventStream(Torn.ending(text, seed), "box/llama");

            assertThat(stream.first()).as("seed %d", seed).isInstanceOf(EventStream.First.Data.class);
            assertThat(drain(stream, seed)).as("seed %d", seed).isEqualTo(new Drained(text, ""));
        }
    }

    @Test
    void passesOnCommentsAndLineEndsAsTheyAre() {
        String text = ": ping\r\n\r\nid: 4\r\ndata: {\"a\":1}\r\n\r\n: ping\n\ndata: [DONE]\r\n\r\n";

        assertThat(drain(begun(text), 1)).isEqualTo(new Drained(text, ""));
    }

    @Test
    void dropsWhatComesAfterTheEnd() {
        String text = "data: {}\n\n" + DONE;

        assertThat(drain(begun(text + "data: {\"late\":1}\n\ngarbage"), 1)).isEqualTo(new Drained(text, ""));
    }

    @Test
    void anErrorEventFirstIsNoAnswer() {
        assertThat(why("data: {\"error\":{\"message\":\"out of memory\"}}\n\n" + DONE))
                .isEqualTo("box/llama: it said: out of memory");
    }

    @Test
    void anErrorEventAfterCommentsIsStillFirst() {
        assertThat(why(": ping\n\nid: 1\n\nevent: error\ndata: {\"message\":\"full\"}\n\n"))
                .isEqualTo("box/llama: it said: full");
    }

    @Test
    void aBareEndIsNoAnswer() {
        assertThat(why(DONE)).isEqualTo("box/llama: it ended its stream without an answer");
    }

    @Test
    void anEmptyStreamIsNoAnswer() {
        assertThat(why("")).isEqualTo("box/llama: it answered with an empty stream");
        assertThat(why(": ping\n\n")).isEqualTo("box/llama: it answered with an empty stream");
    }

    @Test
    void aBreakBeforeTheFirstEventIsNoAnswer() {
        EventStream stream = new EventStream(Torn.breaking("data: {\"a\"", 1), "box/llama");

        assertThat(stream.first())
                .isInstanceOfSatisfying(
                        EventStream.First.None.class,
                        none -> assertThat(none.why()).hasMessageContaining("connection reset"));
    }

    @Test
    void anErrorEventInTheMiddleEndsTheStreamInItsPlace() {
        String good = "data: {\"a\":1}\n\n";

        assertThat(drain(begun(good + "data: {\"error\":{\"message\":\"gpu lost\"}}\n\n" + DONE), 1))
                .isEqualTo(new Drained(good, "box/llama: it said: gpu lost"));
    }

    @Test
    void aStreamThatJustEndsThrows() {
        String good = "data: {\"a\":1}\n\n";

        assertThat(drain(begun(good), 1)).isEqualTo(new Drained(good, "box/llama: it ended its stream without [DONE]"));
    }

    @Test
    void holdsBackTheStartOfAnEventThatIsNeverFinished() {
        String good = "data: {\"a\":1}\n\n";

        Drained drained = drain(new EventStream(Torn.breaking(good + "data: {\"b\":", 3), "box/llama"), 3);

        assertThat(drained.text()).isEqualTo(good);
        assertThat(drained.failure()).contains("connection reset");
    }

    @Test
    void passesOnAnEventThatIsLargerThanItsBuffer() {
        String text = "data: {\"a\":1}\n\ndata: \"" + "x".repeat(300_000) + "\"\n\ndata: {\"b\":2}\n\n" + DONE;

        assertThat(drain(begun(text), 5)).isEqualTo(new Drained(text, ""));
    }

    @Test
    void anEventLargerThanTheBufferMayComeFirst() {
        String text = "data: \"" + "x".repeat(300_000) + "\"\n\n" + DONE;

        EventStream stream = begun(text);

        assertThat(stream.first()).isInstanceOf(EventStream.First.Data.class);
        assertThat(drain(stream, 5)).isEqualTo(new Drained(text, ""));
    }

    @Test
    void endsAnEventOfWhichAPartWentOutBeforeItBroke() {
        String good = "data: {\"a\":1}\n\n";

        Drained drained =
                drain(new EventStream(Torn.breaking(good + "data: " + "x".repeat(200_000), 7), "box/llama"), 7);

        assertThat(drained.text()).startsWith(good + "data: xxx").endsWith("x\n\n");
        assertThat(drained.failure()).contains("connection reset");
    }

    @Test
    void aFailureStaysAFailure() {
        EventStream stream = begun("data: {\"a\":1}\n\n");
        drain(stream, 1);

        assertThatExceptionOfType(UpstreamException.class).isThrownBy(stream::read);
    }

    private static EventStream begun(String text) {
        return new EventStream(Torn.ending(text, 11), "box/llama");
    }

    private static String why(String text) {
        return begun(text).first() instanceof EventStream.First.None none
                ? none.why().getMessage()
                : "it is an answer";
    }

    private static Drained drain(InputStream stream, long seed) {
        Random sizes = new Random(seed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        String failure = "";
        try {
            for (int read; (read = stream.read(buffer, 0, sizes.nextInt(1, buffer.length))) >= 0; ) {
                out.write(buffer, 0, read);
            }
        } catch (UpstreamException broken) {
            failure = broken.getMessage();
        } catch (IOException unexpected) {
            failure = unexpected.toString();
        }
        return new Drained(out.toString(StandardCharsets.UTF_8), failure);
    }

    private static String events(Random random) {
        StringBuilder text = new StringBuilder("data: {\"first\":true}\n\n");
        for (int event = 0; event < random.nextInt(1, 60); event++) {
            String end = random.nextBoolean() ? "\n" : "\r\n";
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> ": ping" + end + end;
                        case 1 -> "event: message" + end + "data: {\"text\":\"ä😀\"}" + end + end;
                        case 2 -> "data: {\"error\":null}" + end + end;
                        default -> "data: " + "y".repeat(random.nextInt(20_000)) + end + end;
                    });
        }
        return text.toString();
    }
}
