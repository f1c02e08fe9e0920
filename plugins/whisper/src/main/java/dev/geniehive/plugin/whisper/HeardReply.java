package dev.geniehive.plugin.whisper;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An engine's answer in the client's shape.
 *
 * @param upstream hung up on when this is closed
 * @param headers what the body is
 * @param body in the client's shape
 * @param cost what it cost, as far as it is known
 */
record HeardReply(UpstreamReply upstream, Headers headers, InputStream body, Supplier<Optional<Usage>> cost)
        implements Reply {
    private static final String EVENTS = "text/event-stream";

    /** {@return an answer with status 200, as events if the client wants them and as it is otherwise} */
    static Reply of(UpstreamReply reply, Wanted wanted) {
        String type = type(reply);
        if (wanted.stream()) {
            return events(reply, type);
        }
        return type.contains("json") ? reshaped(reply, type, Transcript::asItIs) : Reply.relaying(reply);
    }

    private static Reply events(UpstreamReply reply, String type) {
        if (type.startsWith(EVENTS)) {
            TranscriptEvents events = new TranscriptEvents(reply.body());
            return new HeardReply(reply, reply.headers(), events, events::usage);
        }
        boolean json = type.contains("json");
        return json || isText(type)
                ? reshaped(reply, EVENTS, whole -> Transcript.events(whole, json))
                : Reply.relaying(reply);
    }

    static Reply reshaped(UpstreamReply reply, String type, Reshaped.Shape shape) {
        Reshaped body = new Reshaped(reply.body(), shape);
        return new HeardReply(reply, Headers.of("content-type", type), body, body::usage);
    }

    static String type(UpstreamReply reply) {
        return reply.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    }

    private static boolean isText(String type) {
        return type.startsWith("text/plain");
    }

    @Override
    public int status() {
        return upstream.status();
    }

    @Override
    public Optional<Usage> usage() {
        return cost.get();
    }

    @Override
    public void close() {
        upstream.close();
    }
}
