package dev.geniehive.plugin.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import dev.geniehive.testkit.FakeForm;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhisperCppAdapterTest {
    private static final FakeForm FORM = FakeForm.empty()
            .field("model", "whisper-1")
            .file("file", "a \"talk\".wav", "audio/wav", "RIFF\r\n--\r\n")
            .field("beam_size", "3")
            .field("timestamp_granularities[]", "word");

    @Test
    void translatesTheFields() throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/inference", FakeReply.json("{\"text\":\"Hi\"}"));

        ask(upstream, Operation.TRANSLATION, FORM.field("language", "de").field("response_format", "verbose_json"));

        String sent = upstream.requests().getFirst().body();
        assertThat(sent)
                .contains(
                        "name=\"file\"; filename=\"a %22talk%22.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n--\r\n")
                .contains("name=\"beam_size\"")
                .contains("name=\"language\"\r\n\r\nde\r\n")
                .contains("name=\"translate\"\r\n\r\ntrue\r\n")
                .contains("name=\"response_format\"\r\n\r\nverbose_json\r\n")
                .doesNotContain("whisper-1")
                .doesNotContain("granularities");
        assertThat(sent.split("name=\"language\"", -1)).hasSize(2);
    }

    @Test
    void asksForTheLanguageToBeFoundWhereTheClientNamesNone() throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/inference", FakeReply.json("{\"text\":\"Hi\"}"));

        ask(upstream, Operation.TRANSCRIPTION, FORM);

        assertThat(upstream.requests().getFirst().body())
                .contains("name=\"language\"\r\n\r\nauto\r\n")
                .contains("name=\"translate\"\r\n\r\nfalse\r\n");
    }

    @Test
    void sendsAsManyBytesAsItSays() throws Exception {
        List<Long> lengths = new ArrayList<>();
        FakeUpstream upstream = new FakeUpstream().on("/inference", FakeReply.json("{\"text\":\"Hi\"}"));
        Upstream counting = new Upstream() {
            @Override
            public String name() {
                return upstream.name();
            }

            @Override
            public UpstreamReply send(UpstreamRequest request) throws InterruptedException {
                lengths.add(request.body().length());
                return upstream.send(request);
            }
        };

        ask(counting, Operation.TRANSCRIPTION, FORM);

        assertThat(upstream.requests().getFirst().body().getBytes(StandardCharsets.UTF_8))
                .hasSize(lengths.getFirst().intValue());
    }

    @Test
    void callsPlainTextPlainText() throws Exception {
        FakeUpstream upstream =
                new FakeUpstream().on("/inference", FakeReply.text(200, "text/html; charset=utf-8", "Hi\n"));

        String[] read = ask(upstream, Operation.TRANSCRIPTION, FORM.field("response_format", "text"));

        assertThat(read).containsExactly("200", "text/plain; charset=utf-8", "Hi\n");
    }

    @Test
    void putsTheWordsBesideTheSegments() throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/inference", FakeReply.json("""
                {"task":"transcribe","duration":2.5,"text":"Hi","detected_language":"english","segments":[{"id":0,
                 "words":[{"word":" Hi","start":0.1,"end":0.50,"t_dtw":-1,"probability":0.9}]},
                 {"id":1,"words":[{"word":" you","start":1,"end":2,"probability":0.9}]}]}"""));

        String[] read = ask(upstream, Operation.TRANSCRIPTION, FORM.field("response_format", "verbose_json"));

        assertThat(Json.parse(read[2]).get("words"))
                .hasToString(
                        "[{\"word\":\" Hi\",\"start\":0.1,\"end\":0.50},{\"word\":\" you\",\"start\":1,\"end\":2}]");
        assertThat(Json.parse(read[2]).get("detected_language")).isEqualTo(Json.of("english"));
    }

    @Test
    void makesEventsForAClientThatWantsThem() throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/inference", FakeReply.json("{\"text\":\" Hi you\\n\"}"));

        String[] read = ask(upstream, Operation.TRANSCRIPTION, FORM.field("stream", "true"));

        assertThat(read[1]).isEqualTo("text/event-stream");
        assertThat(read[2])
                .contains("transcript.text.delta", "transcript.text.done")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void findsItUnderOpenAisPathWhereItWasMoved() throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/v1/audio/transcriptions", FakeReply.json("{\"text\":\"Hi\"}"));

        assertThat(ask(upstream, Operation.TRANSCRIPTION, FORM)[0]).isEqualTo("200");
    }

    @Test
    void saysWhatMayBeWrongWithARecordingThatItCannotRead() throws Exception {
        FakeUpstream upstream =
                new FakeUpstream().on("/inference", FakeReply.text(400, "text/plain", "Invalid request"));

        String[] read = ask(upstream, Operation.TRANSCRIPTION, FORM);

        assertThat(read[0]).isEqualTo("400");
        assertThat(read[2]).contains("WAV");
    }

    @ParameterizedTest
    @CsvSource({"diarized_json,400,0", "srt,200,1"})
    void refusesWhatItCannotDoWithoutAsking(String format, String status, int asked) throws Exception {
        FakeUpstream upstream = new FakeUpstream().on("/inference", FakeReply.text(200, "application/x-subrip", "1\n"));

        assertThat(ask(upstream, Operation.TRANSCRIPTION, FORM.field("response_format", format))[0])
                .isEqualTo(status);
        assertThat(upstream.requests()).hasSize(asked);
    }

    /** {@return status, content type and body} */
    private static String[] ask(Upstream upstream, Operation operation, FakeForm form) throws Exception {
        try (Reply reply = new WhisperCppAdapter().invoke(upstream, new Invocation(operation, "whisper", form))) {
            return new String[] {
                Integer.toString(reply.status()),
                reply.headers().first("content-type").orElse(""),
                new String(reply.body().readAllBytes(), StandardCharsets.UTF_8)
            };
        }
    }
}
