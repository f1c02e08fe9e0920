package dev.geniehive.kernel.link;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Headers;
import java.io.InputStream;

/** A reply that comes through a link. */
final class LinkReply implements UpstreamReply {
    private final ReplyStart head;
    private final LinkBody body;

    LinkReply(HubExchange exchange, ReplyStart head, LinkFailures failures) {
        this.head = head;
        this.body = new LinkBody(exchange, failures);
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
