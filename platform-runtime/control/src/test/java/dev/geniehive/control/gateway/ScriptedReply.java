package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Usage;
import dev.geniehive.api.spi.Reply;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reply that counts how often it was closed.
 *
 * @param closes how often
 */
record ScriptedReply(int status, String type, InputStream body, AtomicInteger closes) implements Reply {
    static final String ANSWER = "{\"object\":\"chat.completion\"}";
    static final String EVENTS = "data: {\"id\":1}\n\ndata: [DONE]\n\n";

    static ScriptedReply json(int status, String text) {
        return of(status, "application/json", text);
    }

    static ScriptedReply events(String text) {
        return of(200, "text/event-stream; charset=utf-8", text);
    }

    static ScriptedReply of(int status, String type, String text) {
        return of(status, type, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    static ScriptedReply of(int status, String type, InputStream body) {
        return new ScriptedReply(status, type, body, new AtomicInteger());
    }

    @Override
    public Headers headers() {
        return type.isEmpty() ? Headers.NONE : Headers.of("content-type", type, "server", "secret");
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.of(new Usage(3, 4, false));
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }
}
