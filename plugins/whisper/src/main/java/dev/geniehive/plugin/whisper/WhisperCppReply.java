package dev.geniehive.plugin.whisper;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
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
            return refusal(
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

    static Reply refusal(String message) {
        Json error = Json.object().put("error", Json.object().put("message", message));
        return new Refusal(new ByteArrayInputStream(error.utf8()));
    }

    /** An error that the engine was not asked about, or said in no words. */
    private record Refusal(InputStream body) implements Reply {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public Headers headers() {
            return Headers.of("content-type", "application/json");
        }

        @Override
        public Optional<Usage> usage() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
