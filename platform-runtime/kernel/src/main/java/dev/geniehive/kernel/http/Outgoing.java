package dev.geniehive.kernel.http;

import dev.geniehive.api.model.Headers;
import dev.geniehive.api.spi.Answer;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer on its way to the client. Used by one thread.
 *
 * <p>Whatever goes wrong while writing means that the client is gone or stuck, and ends the connection.
 */
final class Outgoing {
    private static final int BUFFER_BYTES = 8 << 10;
    private static final HeaderName REQUEST_ID = HeaderNames.create(RequestIds.HEADER);
    private static final Set<String> OURS =
            Set.of("connection", "keep-alive", "transfer-encoding", "content-length", "content-type", "x-request-id");

    private final ServerResponse response;
    private final Incoming incoming;
    private final Wire wire;
    private final BooleanSupplier draining;
    private @Nullable OutputStream out;

    /** The length of a body that was announced and of which nothing was sent yet; -1 if there is no such. */
    private long announced = -1;

    private int status;
    private long bytes;

    Outgoing(ServerResponse response, Incoming incoming, Wire wire, BooleanSupplier draining) {
        this.response = response;
        this.incoming = incoming;
        this.wire = wire;
        this.draining = draining;
    }

    /** {@return whether the status is on its way and cannot be changed any more} */
    boolean isCommitted() {
        return status != 0;
    }

    /** {@return the status that was sent, 0 if none was} */
    int status() {
        return status;
    }

    /** {@return bytes of body that were sent} */
    long bytes() {
        return bytes;
    }

    void send(Answer.Whole answer, Headers more) throws IOException {
        long length = answer.body().length();
        begin(answer.status(), answer.body().contentType(), answer.headers().and(more), OptionalLong.of(length));
        if (announced < 0) {
            return;
        }
        byte[] buffer = new byte[Math.clamp(length, 1, BUFFER_BYTES)];
        try (InputStream in = answer.body().open()) {
            for (int read; (read = in.read(buffer)) >= 0; ) {
                write(buffer, read);
            }
        }
    }

    /** Commits the status and the headers; they leave with the first bytes. */
    void begin(int code, String type, Headers headers, OptionalLong length) {
        for (Headers.Entry entry : headers.entries()) {
            if (!OURS.contains(entry.name().toLowerCase(Locale.ROOT))) {
                response.headers().add(HeaderValues.create(HeaderNames.create(entry.name()), visible(entry.value())));
            }
        }
        response.headers().set(REQUEST_ID, incoming.id());
        if (!type.isEmpty()) {
            response.headers().set(HeaderNames.CONTENT_TYPE, visible(type));
        }
        settleConnection();
        response.status(Status.create(code));
        status = code;
        boolean empty = code == 204 || code == 304 || length.orElse(-1) == 0;
        if (length.isPresent() && code != 204) {
            response.headers().contentLength(length.getAsLong());
        }
        if (empty || incoming.method().equals("HEAD")) {
            response.send();
        } else if (length.isPresent()) {
            announced = length.getAsLong();
        } else {
            out = response.outputStream();
        }
    }

    private void settleConnection() {
        boolean usable = incoming.leavesConnectionUsable();
        if (!usable && incoming.mayBeSending()) {
            wire.lingerAfterThis();
        } else if (!usable || draining.getAsBoolean() || incoming.wantsClose()) {
            wire.closeAfterThis();
        }
        if (wire.isClosing()) {
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
    }

    /** Sends bytes at once, apart from those before and after them: with the head, if all of a body comes at once. */
    void write(byte[] buffer, int length) {
        if (length == 0 || (out == null && announced < 0)) {
            return;
        }
        try {
            if (announced == length) {
                response.send(buffer, 0, length);
                announced = -1;
                bytes += length;
                return;
            }
            OutputStream to = out == null ? response.outputStream() : out;
            out = to;
            announced = -1;
            if (bytes == 0) {
                writeFirst(to, buffer, length);
            } else {
                to.write(buffer, 0, length);
                to.flush();
            }
            bytes += length;
        } catch (IOException | UncheckedIOException | SocketWriterException e) {
            throw new CloseConnectionException("the client does not take the answer", e);
        }
    }

    /** Helidon writes the head of an answer in chunks, and then its first chunk: one packet is enough for both. */
    private void writeFirst(OutputStream to, byte[] buffer, int length) throws IOException {
        wire.holdBack();
        try {
            to.write(buffer, 0, length);
            to.flush();
        } finally {
            wire.letGo();
        }
    }

    private static String visible(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c > '~')) {
                return value.replaceAll("[^\\t -~]", "?");
            }
        }
        return value;
    }
}
