package dev.geniehive.api.spi;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import java.io.InputStream;
import java.util.Optional;

/** A reply with another body. */
record OtherReply(Reply reply, InputStream body) implements Reply {
    @Override
    public int status() {
        return reply.status();
    }

    @Override
    public Headers headers() {
        return reply.headers();
    }

    @Override
    public Optional<Usage> usage() {
        return reply.usage();
    }

    @Override
    public void close() {
        reply.close();
    }
}
