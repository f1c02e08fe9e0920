package dev.geniehive.api.host;

import dev.geniehive.api.model.Headers;
import java.io.InputStream;

/**
 * The reply of an engine, whose body is still arriving.
 *
 * <p>Read by one thread; closed by any, at any time, more than once if need be.
 */
public interface UpstreamReply extends AutoCloseable {
    /** {@return the HTTP status} */
    int status();

    /** {@return the headers as they came} */
    Headers headers();

    /**
     * {@return the body as it arrives} Reads block, and return what there is without waiting for more. Where the
     * engine breaks off or pauses for too long they throw {@link dev.geniehive.api.model.UpstreamException}.
     */
    InputStream body();

    /** {@return the same reply with another body, for one whose beginning was read: closing it closes this one} */
    default UpstreamReply withBody(InputStream other) {
        UpstreamReply whole = this;
        return new UpstreamReply() {
            @Override
            public int status() {
                return whole.status();
            }

            @Override
            public Headers headers() {
                return whole.headers();
            }

            @Override
            public InputStream body() {
                return other;
            }

            @Override
            public void close() {
                whole.close();
            }
        };
    }

    /** Ends the exchange. If the body was not read to its end, this hangs up on the engine. */
    @Override
    void close();
}
