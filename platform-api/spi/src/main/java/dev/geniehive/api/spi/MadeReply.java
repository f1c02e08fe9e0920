package dev.geniehive.api.spi;

import dev.geniehive.api.model.Headers;
import java.io.InputStream;

/** An answer that no engine gave. */
record MadeReply(int status, Headers headers, InputStream body) implements Reply {
    @Override
    public void close() {}
}
