package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request as Helidon read it, in our words. Used by one thread. */
final class Incoming {
    /** Rather than close the connection, a body that nobody wanted is read and thrown away up to this size. */
    private static final long CHEAP_TO_SKIP_BYTES = 64 << 10;

    private final ServerRequest request;
    private final String id;
    private final Wire wire;
    private final EdgeLimits limits;
    private final BodyReader bodies;
    private @Nullable ChunkedBody chunks;

    Incoming(ServerRequest request, String id, Wire wire, EdgeLimits limits, BodyReader bodies) {
        this.request = request;
        this.id = id;
        this.wire = wire;
        this.limits = limits;
        this.bodies = bodies;
    }

    String id() {
        return id;
    }

    String method() {
        return request.prologue().method().text();
    }

    String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    String rawQuery() {
        return request.prologue().hasQuery() ? request.prologue().query().rawValue() : "";
    }

    SocketAddress peer() {
        return request.remotePeer().address();
    }

    boolean wantsClose() {
        // Most say nothing, and the look for a token takes several objects.
        return request.headers().contains(HeaderNames.CONNECTION)
                && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    Headers headers() {
        return headers(request.headers());
    }

    static Headers headers(io.helidon.http.Headers read) {
        List<Headers.Entry> entries = new ArrayList<>(read.size());
        for (Header header : read) {
            for (String value : header.allValues()) {
                entries.add(new Headers.Entry(header.name(), value));
            }
        }
        return new Headers(entries);
    }

    /** Reads the body, whose type must be JSON. */
    Body json() {
        String type = contentType("a JSON body");
        return read(bodies, JsonType.checked(type), limits.bodyBytes(), "server.max-body");
    }

    /** Reads the body, whose type must be a form's. */
    Body form() {
        String type = contentType("a form (multipart/form-data)");
        return read(bodies::readForm, type, limits.uploadBytes(), "server.max-upload");
    }

    private String contentType(String needed) {
        if (!request.content().hasEntity()) {
            throw new GenieException(
                    ErrorKind.INVALID_REQUEST,
                    "missing_body",
                    "%s %s needs %s, and none came.".formatted(method(), rawPath(), needed));
        }
        return request.headers().value(HeaderNames.CONTENT_TYPE).orElse("");
    }

    private Body read(BodyReader reader, String type, long maxBytes, String setting) {
        OptionalLong length = length(request.headers());
        if (length.isPresent() && length.getAsLong() > maxBytes) {
            throw new GenieException(
                    ErrorKind.TOO_LARGE,
                    "The body is larger than the %d bytes that are taken here (%s).".formatted(maxBytes, setting));
        }
        try {
            InputStream in = length.isPresent() ? request.content().inputStream() : chunks(maxBytes);
            Body body = reader.read(in, length, type, maxBytes);
            if (length.isPresent() && body.length() == length.getAsLong()) {
                in.read(); // has Helidon see the end, which it else looks for with a buffer of its own
            }
            return body;
        } catch (IOException e) {
            throw new CloseConnectionException("the client is gone", e);
        }
    }

    private ChunkedBody chunks(long maxBytes) {
        if (awaitsContinue()) {
            wire.writeContinue();
        }
        ChunkedBody body = chunks == null ? new ChunkedBody(wire.reader(), maxBytes) : chunks;
        chunks = body;
        return body;
    }

    private static OptionalLong length(ServerRequestHeaders headers) {
        return headers.contains(HeaderNames.TRANSFER_ENCODING) ? OptionalLong.empty() : headers.contentLength();
    }

    /**
     * {@return whether the connection can carry another request once this one is answered} Not so after a body in
     * chunks: Helidon cannot be told that we have read it.
     */
    boolean leavesConnectionUsable() {
        return !hasUnreadBody()
                || (!awaitsContinue() && length(request.headers()).orElse(Long.MAX_VALUE) <= CHEAP_TO_SKIP_BYTES);
    }

    /** {@return whether the client may still be sending when the answer is out} */
    boolean mayBeSending() {
        return hasUnreadBody() && (chunks == null || !chunks.hasEnded());
    }

    private boolean awaitsContinue() {
        return request.headers().containsToken(HeaderValues.EXPECT_100) && !request.continueSent();
    }

    private boolean hasUnreadBody() {
        return request.content().hasEntity() && !request.content().consumed();
    }

    /** Reads what is left of the body and throws it away. */
    void skipRest() {
        if (hasUnreadBody()) {
            request.content().consume();
        }
    }
}
