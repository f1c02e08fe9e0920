package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Invocation;
import dev.geniehive.api.spi.Reply;
import java.io.InputStream;
import java.util.Optional;

/** The engine's reply as it is, and what passed by in it about tokens. */
final class MeteredReply implements Reply {
    private static final int BYTES_PER_TOKEN = 4;

    private final UpstreamReply upstream;
    private final UsageStream body;
    private final boolean events;
    private final int framing;
    private final long promptBytes;

    private MeteredReply(UpstreamReply upstream, boolean events, int framing, long promptBytes) {
        this.upstream = upstream;
        this.body = new UsageStream(upstream.body());
        this.events = events;
        this.framing = framing;
        this.promptBytes = promptBytes;
    }

    static Reply of(UpstreamReply upstream, Invocation invocation) {
        boolean events = upstream.headers()
                .first("content-type")
                .filter(type -> type.regionMatches(true, 0, "text/event-stream", 0, 17))
                .isPresent();
        int framing = invocation.operation() == Operation.CHAT ? 2 : 1;
        return new MeteredReply(
                upstream, events, framing, invocation.body().facts().promptBytes());
    }

    @Override
    public int status() {
        return upstream.status();
    }

    @Override
    public Headers headers() {
        return upstream.headers();
    }

    @Override
    public InputStream body() {
        return body;
    }

    /**
     * What the engine reported; else, for a stream, one token an event. A chat begins with an event for the role, and
     * every answer ends with one for the reason: neither carries a token.
     */
    @Override
    public Optional<Usage> usage() {
        return body.reported().or(() -> events ? Optional.of(counted()) : Optional.empty());
    }

    private Usage counted() {
        return new Usage(promptBytes / BYTES_PER_TOKEN, Math.max(0, body.events() - framing), true);
    }

    @Override
    public void close() {
        upstream.close();
    }
}
