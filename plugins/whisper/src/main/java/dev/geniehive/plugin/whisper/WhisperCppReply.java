package dev.geniehive.plugin.whisper;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.spi.Reply;
import java.util.Optional;

/**
 * What whisper.cpp answers, in OpenAI's words. It calls plain text HTML, puts words into segments, and replaces what it
 * has to say about a bad request by "Invalid request".
 */
final class WhisperCppReply {
    private WhisperCppReply() {}

    static Reply of(UpstreamReply reply, Wanted wanted) {
        String type = HeardReply.type(reply);
        if (reply.status() == 400 && !type.contains("json")) {
            reply.close();
            return Reply.refusal(
                    400,
                    "whisper.cpp could not read the recording. Started without --convert, it takes WAV, MP3, FLAC"
                            + " and OGG only.");
        }
        if (reply.status() != 200) {
            return Reply.relaying(reply);
        }
        if (wanted.format().equals("text") && !wanted.stream() && type.startsWith("text/html")) {
            Headers plain = Headers.of("content-type", "text/plain; charset=utf-8");
            return new HeardReply(reply, plain, reply.body(), Optional::empty);
        }
        if (wanted.format().equals("verbose_json") && wanted.words() && !wanted.stream()) {
            return HeardReply.reshaped(reply, "application/json", Transcript::withWords);
        }
        return HeardReply.of(reply, wanted);
    }
}
