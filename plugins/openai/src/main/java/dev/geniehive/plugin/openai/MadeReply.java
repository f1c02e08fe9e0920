package dev.geniehive.plugin.openai;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Reply;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** An answer that no engine gave. */
record MadeReply(int status, Headers headers, InputStream body) implements Reply {
    /** {@return an error in OpenAI's envelope} */
    static Reply refusal(int status, String message) {
        Json error = Json.object().put("error", Json.object().put("message", message));
        return new MadeReply(
                status, Headers.of("content-type", "application/json"), new ByteArrayInputStream(error.utf8()));
    }

    @Override
    public void close() {}
}
