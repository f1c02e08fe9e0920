package dev.geniehive.api.spi;

import dev.geniehive.api.host.UpstreamReply;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Usage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/**
 * The answer to an invocation in the operation's own shape (OpenAI's), while it arrives.
 *
 * <p>Read by one thread; closed by any, at any time, more than once if need be.
 */
public interface Reply extends AutoCloseable {
    /** {@return the HTTP status} */
    int status();

    /** {@return what the engine said about the body; at least {@code content-type}} */
    Headers headers();

    /** {@return the body, blocking; a read returns what there is. See {@link UpstreamReply#body()}} */
    InputStream body();

    /** {@return what the request cost, as far as it is known; final once the body has been read to its end} */
    default Optional<Usage> usage() {
        return Optional.empty();
    }

    /** Ends the request upstream, wherever it is. Never blocks for long. */
    @Override
    void close();

    /** {@return the same reply with a body that was made of this one's: closing it closes this one} */
    default Reply withBody(InputStream other) {
        return new OtherReply(this, other);
    }

    /** {@return an error that an adapter found by itself, in OpenAI's envelope} */
    static Reply refusal(int status, String message) {
        Json error = Json.object().put("error", Json.object().put("message", message));
        return new MadeReply(
                status, Headers.of("content-type", "application/json"), new ByteArrayInputStream(error.utf8()));
    }

    /** {@return a reply that passes the engine's own on as it is} */
    static Reply relaying(UpstreamReply upstream) {
        return new Reply() {
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
                return upstream.body();
            }

            @Override
            public void close() {
                upstream.close();
            }
        };
    }
}
