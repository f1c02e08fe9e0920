package dev.geniehive.kernel.upstream;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Headers;
import java.io.InputStream;

/** A reply whose body comes from a connection. */
final class LiveReply implements UpstreamReply {
    private final ReplyHead head;
    private final ReplyBody body;

    LiveReply(ReplyHead head, ReplyBody body) {
        this.head = head;
        this.body = body;
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public Headers headers() {
        return head.headers();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        body.close();
    }
}
