package dev.geniehive.plugin.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.testkit.FakeForm;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeStream;
import dev.geniehive.testkit.FakeUpstream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhisperAdapterTest {
    private static final FakeForm FORM =
            FakeForm.empty().field("model", "whisper-1").file("file", "talk.wav", "audio/wav", "RIFF");
    private static final FakeForm STREAM = FORM.field("stream", "true");
    private static final String DELTA = "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hi \"}\n\n";
    private static final String DONE = "event: transcript.text.done\r\ndata: {\"type\":\"transcript.text.done\","
            + "\"text\":\"Hi you\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":3}}\r\n\r\n";

    /**
     * What came out of an answer.
     *
     * @param text the body
     */
    private record Read(int status, String type, String text, Optional<Usage> usage) {}

    @ParameterizedTest
    @CsvSource({"TRANSCRIPTION,/v1/audio/transcriptions", "TRANSLATION,/v1/audio/translations"})
    void postsTheFormWithTheEnginesNameOfTheModel(Operation operation, String path) throws Exception {
        FakeUpstream upstream = new FakeUpstream().on(path, FakeReply.json("{\"text\":\"Hi\"}"));

        new WhisperAdapter()
                .invoke(upstream, new Invocation(operation, "org/large-v3", FORM))
                .close();

        assertThat(upstream.requests()).singleElement().satisfies(seen -> {
            assertThat(seen.path()).isEqualTo(path);
            assertThat(seen.body()).isEqualTo(FORM.withModel("org/large-v3").toString());
        });
    }

    @Test
    void passesTextAndSubtitlesOnAsTheyAre() throws Exception {
        String srt = "1\r\n00:00:00,000 --> 00:00:01,000\r\nHi\r\n";

        Read read = read(FORM.field("response_format", "srt"), FakeReply.text(200, "text/plain", srt));

        assertThat(read.text()).isEqualTo(srt);
        assertThat(read.type()).isEqualTo("text/plain");
        assertThat(read.usage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"text":"Hi","usage":{"type":"duration","seconds":12}}                                 | 0  | 0 | 12
            {"text":"Hi","usage":{"type":"tokens","input_tokens":14,"output_tokens":3}}            | 14 | 3 | 0
            {"task":"transcribe","duration":3.5,"text":"\\"duration\\":99","segments":[]}          | 0  | 0 | 3.5
            """)
    void tellsWhatTheEngineReportsOfItsCost(String json, long input, long output, double seconds) throws Exception {
        Read read = read(FORM, FakeReply.json(json));

        assertThat(read.text()).isEqualTo(json);
        assertThat(read.usage()).contains(new Usage(input, output, false, seconds));
    }

    @Test
    void knowsNoCostWhereTheEngineTellsNone() throws Exception {
        assertThat(read(FORM, FakeReply.json("{\"text\":\"Hi\",\"duration\":-1}"))
                        .usage())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n"})
    void endsAStreamThatSaysItIsDone(String end) throws Exception {
        Read read = read(STREAM, FakeReply.text(200, "text/event-stream", ": hello\n\n" + DELTA + DONE + end));

        assertThat(read.text()).isEqualTo(": hello\n\n" + DELTA + DONE + "data: [DONE]\n\n");
        assertThat(read.usage()).contains(new Usage(14, 3, false));
    }

    @Test
    void doesNotEndAStreamThatIsNotDone() throws Exception {
        assertThat(read(STREAM, FakeReply.text(200, "text/event-stream", DELTA)).text())
                .isEqualTo(DELTA);
    }

    @Test
    void saysThatAStreamFailedInTheWordsOfAllOthers() throws Exception {
        String failure = "data: {\"detail\":\"out of memory\"}\n\ndata: [DONE]\n\n";

        Read read = read(STREAM, FakeReply.text(200, "text/event-stream", DELTA + failure));

        assertThat(read.text())
                .isEqualTo(DELTA + "data: {\"error\":{\"message\":\"out of memory\"}}\n\ndata: [DONE]\n\n");
    }

    @Test
    void putsTheChunksOfVllmIntoOpenAisWords() throws Exception {
        String chunk = "data: {\"object\":\"transcription.chunk\",\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n";
        String usage = "data: {\"object\":\"transcription.chunk\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,"
                + "\"completion_tokens\":2}}\n\n";

        Read read = read(
                STREAM,
                FakeReply.text(
                        200,
                        "text/event-stream",
                        chunk.formatted("Hi ") + chunk.formatted("you") + usage + "data: [DONE]\n\n"));

        assertThat(read.text()).isEqualTo("""
                data: {"type":"transcript.text.delta","delta":"Hi "}

                data: {"type":"transcript.text.delta","delta":"you"}

                data: {"type":"transcript.text.done","text":"Hi you","usage":{"prompt_tokens":5,"completion_tokens":2}}

                data: [DONE]

                """);
        assertThat(read.usage()).contains(new Usage(5, 2, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"application/json | {\"text\":\"Hi you\"}", "text/plain | Hi you"})
    void makesEventsOfAnAnswerThatIsNone(String type, String whole) throws Exception {
        Read read = read(STREAM, FakeReply.text(200, type, whole));

        assertThat(read.type()).isEqualTo("text/event-stream");
        assertThat(read.text()).isEqualTo("""
                data: {"type":"transcript.text.delta","delta":"Hi you"}

                data: {"type":"transcript.text.done","text":"Hi you"}

                data: [DONE]

                """);
    }

    @Test
    void passesAnEventOnBeforeTheNextIsThere() throws Exception {
        FakeStream feed = new FakeStream().feed(DELTA);
        FakeUpstream upstream = new FakeUpstream().otherwise(FakeReply.streaming("text/event-stream", feed));

        try (Reply reply =
                new WhisperAdapter().invoke(upstream, new Invocation(Operation.TRANSCRIPTION, "w", STREAM))) {
            assertThat(reply.body().readNBytes(DELTA.length())).asString().isEqualTo(DELTA);
        }
    }

    @Test
    void takesAnAnswerThatIsNoTranscriptForNonsense() {
        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> read(STREAM, FakeReply.json("{\"words\":[]}")))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(UpstreamException.Failure.MALFORMED));
        assertThatExceptionOfType(UpstreamException.class).isThrownBy(() -> read(FORM, FakeReply.json("{\"text\":")));
    }

    private static Read read(FakeForm form, FakeReply answer) throws Exception {
        FakeUpstream upstream = new FakeUpstream().otherwise(answer);
        try (Reply reply = new WhisperAdapter().invoke(upstream, new Invocation(Operation.TRANSCRIPTION, "w", form))) {
            String text = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
            return new Read(
                    reply.status(), reply.headers().first("content-type").orElse(""), text, reply.usage());
        }
    }
}
