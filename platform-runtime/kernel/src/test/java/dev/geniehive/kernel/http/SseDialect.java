package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Dialect;
import java.nio.charset.StandardCharsets;

/** A dialect like OpenAI's, streaming or not. */
record SseDialect(boolean streaming) implements Dialect {
    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public byte[] waiting(Progress.Waiting waiting) {
        return utf8(streaming ? ": waiting " + waiting.phase() + "\n\n" : "");
    }

    @Override
    public byte[] brokenOff(Problem problem) {
        return utf8("data: " + problem.streamEnvelope() + "\n\ndata: [DONE]\n\n");
    }

    @Override
    public Answer.Whole refused(Problem problem) {
        return Answer.problem(problem);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
