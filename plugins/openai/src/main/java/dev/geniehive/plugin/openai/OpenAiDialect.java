package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How OpenAI's API says what the platform has to say. */
enum OpenAiDialect implements Dialect {
    /** The client wants events. */
    STREAM {
        @Override
        public byte[] waiting(Progress.Waiting waiting) {
            StringBuilder line = new StringBuilder(": waiting, ").append(waiting.phase());
            waiting.position()
                    .ifPresent(position -> line.append(" at position ").append(position));
            waiting.estimate()
                    .map(OpenAiDialect::seconds)
                    .ifPresent(s -> line.append(", about ").append(s).append(" s"));
            return utf8(line.append("\n\n").toString());
        }

        @Override
        public byte[] brokenOff(Problem problem) {
            return utf8("data: %s\n\ndata: [DONE]\n\n".formatted(problem.streamEnvelope()));
        }
    },

    /** The client wants one document: there is nothing to say before it, nor within it. */
    WHOLE {
        @Override
        public byte[] waiting(Progress.Waiting waiting) {
            return new byte[0];
        }

        @Override
        public byte[] brokenOff(Problem problem) {
            return new byte[0];
        }
    };

    @Override
    public String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public Answer.Whole refused(Problem problem) {
        return Answer.problem(problem);
    }

    private static long seconds(Duration estimate) {
        return Math.max(1, estimate.plusMillis(999).toSeconds());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
