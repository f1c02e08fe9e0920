package dev.geniehive.control.events;

import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Dialect;
import java.nio.charset.StandardCharsets;

/** Server-sent events without a client's protocol around them. */
final class EventDialect implements Dialect {
    static final String TYPE = "text/event-stream";

    @Override
    public String streamType() {
        return TYPE;
    }

    @Override
    public byte[] waiting(Progress.Waiting waiting) {
        return new byte[0];
    }

    @Override
    public byte[] brokenOff(Problem problem) {
        return "event: error\ndata: %s\n\n".formatted(problem.envelope()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Answer.Whole refused(Problem problem) {
        return Answer.problem(problem);
    }
}
