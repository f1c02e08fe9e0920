package dev.geniehive.control.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptTest {
    @Test
    void aJsonObjectBeginsAndIsPassedOnWhole() throws IOException {
        String large = "  {\"text\":\"" + "x".repeat(3 * Attempt.WHOLE_BYTES) + "\"}";

        assertThat(body(ScriptedReply.json(200, ScriptedReply.ANSWER), false)).isEqualTo(ScriptedReply.ANSWER);
        assertThat(body(ScriptedReply.json(200, large), false)).isEqualTo(large);
    }

    @Test
    void aFirstDataEventBeginsAndIsPassedOn() throws IOException {
        assertThat(body(ScriptedReply.events(ScriptedReply.EVENTS), true)).isEqualTo(ScriptedReply.EVENTS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            false | text/html                | <html>        | box/llama answered 200 with no JSON (text/html).
            false | ''                       | {}            | box/llama answered 200 with no JSON (no content type).
            false | application/json         | ''            | box/llama answered 200 with no JSON object (application/json).
            false | application/json         | [1]           | box/llama answered 200 with no JSON object (application/json).
            true  | application/json         | {}            | box/llama answered 200 with no event stream (application/json).
            """)
    void whatIsNoAnswerIsLeftToAnotherService(boolean stream, String type, String body, String message) {
        Attempt.Next next = next(ScriptedReply.of(200, type, body), stream);

        assertThat(next.problem().message()).isEqualTo(message);
        assertThat(next.problem().kind()).isEqualTo(ErrorKind.UPSTREAM_FAILED);
        assertThat(next.blame()).isEqualTo(Attempt.Blame.FAILED);
    }

    @Test
    void anErrorEventFirstIsLeftToAnotherService() {
        Attempt.Next next = next(ScriptedReply.events("data: {\"error\":{\"message\":\"full\"}}\n\n"), true);

        assertThat(next.problem().message()).contains("full");
        assertThat(next.blame()).isEqualTo(Attempt.Blame.CRASHED);
    }

    @Test
    void anAnswerThatBreaksBeforeAnyOfItWentOutIsACrash() {
        Attempt.Next next = next(ScriptedReply.of(200, "application/json", Torn.breaking("{\"a\":", 1)), false);

        assertThat(next.blame()).isEqualTo(Attempt.Blame.CRASHED);
        assertThat(next.problem().message()).contains("box/llama broke off");
    }

    @ParameterizedTest
    @CsvSource({"400", "422", "413", "415"})
    void aFaultOfTheRequestIsFinal(int status) {
        assertThat(judge(ScriptedReply.json(status, "{\"error\":\"no\"}"), true))
                .isInstanceOf(Attempt.Final.class);
    }

    @ParameterizedTest
    @CsvSource({
        "401,FAILED",
        "404,LACKING",
        "501,LACKING",
        "500,FAILED",
        "302,FAILED",
        "429,BUSY",
        "503,BUSY",
        "504,FAILED"
    })
    void aFaultOfTheServiceIsNot(int status, Attempt.Blame blame) {
        assertThat(next(ScriptedReply.json(status, "{\"error\":\"no\"}"), true).blame())
                .isEqualTo(blame);
    }

    @Test
    void anEngineThatLoadsSaysSo() {
        assertThat(next(ScriptedReply.json(503, "{\"error\":{\"message\":\"Loading model\"}}"), true)
                        .blame())
                .isEqualTo(Attempt.Blame.LOADING);
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED,false,UNREACHABLE",
        "CONNECT_TIMED_OUT,false,UNREACHABLE",
        "BUSY,false,BUSY",
        "BROKEN,true,CRASHED",
        "BROKEN,false,FAILED",
        "MALFORMED,true,CRASHED",
        "FIRST_BYTE_TIMED_OUT,true,FAILED",
        "IDLE_TIMED_OUT,true,FAILED",
        "WRITE_TIMED_OUT,true,FAILED",
        "CANCELLED,true,FAILED",
    })
    void onlyWhatWasSentCanHaveCrashedAnEngine(Failure failure, boolean sent, Attempt.Blame blame) {
        assertThat(Attempt.of(new UpstreamException(failure, sent, "x")).blame())
                .isEqualTo(blame);
    }

    @ParameterizedTest
    @CsvSource({"application/json", "text/plain; charset=utf-8", "text/vtt", "application/x-subrip"})
    void aTranscriptMayBeTextOrSubtitles(String type) throws IOException {
        Attempt.Begun begun = (Attempt.Begun) Attempt.of(
                ScriptedReply.of(200, type, "{ hello"), Operation.TRANSCRIPTION, false, "box/ear", "whisper");

        assertThat(new String(begun.body().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{ hello");
    }

    @ParameterizedTest
    @CsvSource({"text/html,<html>", "application/json,[1]", "'',hello", "application/octet-stream,hello"})
    void anythingElseIsNoTranscript(String type, String body) {
        assertThat(Attempt.of(ScriptedReply.of(200, type, body), Operation.TRANSLATION, false, "box/ear", "whisper"))
                .isInstanceOfSatisfying(
                        Attempt.Next.class, next -> assertThat(next.blame()).isEqualTo(Attempt.Blame.FAILED));
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDING", "RERANK"})
    void whatCannotStreamIsAnsweredWholeWhateverTheBodySays(Operation operation) {
        assertThat(Attempt.of(ScriptedReply.json(200, "{}"), operation, true, "box/e", "bge"))
                .isInstanceOf(Attempt.Begun.class);
    }

    @Test
    void whoLacksTheModelDoesEverythingElse() {
        assertThat(Attempt.Blame.LACKING.counts()).isFalse();
    }

    private static Attempt judge(ScriptedReply reply, boolean stream) {
        return Attempt.of(reply, stream, "box/llama", "qwen");
    }

    private static Attempt.Next next(ScriptedReply reply, boolean stream) {
        return (Attempt.Next) judge(reply, stream);
    }

    private static String body(ScriptedReply reply, boolean stream) throws IOException {
        Attempt.Begun begun = (Attempt.Begun) judge(reply, stream);
        return new String(begun.body().readAllBytes(), StandardCharsets.UTF_8);
    }
}
