package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A plugin's reply that answers well, and breaks when it is asked for its cost or closed. */
record BrokenReply() implements Reply {
    @Override
    public int status() {
        return 200;
    }

    @Override
    public Headers headers() {
        return Headers.of("content-type", "application/json");
    }

    @Override
    public InputStream body() {
        return new ByteArrayInputStream(ScriptedReply.ANSWER.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Usage> usage() {
        throw new IllegalStateException("cannot count");
    }

    @Override
    public void close() {
        throw new IllegalStateException("cannot close");
    }
}
