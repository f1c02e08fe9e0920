package dev.geniehive.kernel.http;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Reads and checks the body of a request: JSON, and where somebody knows them, forms. */
@FunctionalInterface
public interface BodyReader {
    /**
     * Reads it all. If the body is {@link AutoCloseable}, the edge closes it when the request has been answered.
     *
     * @param in the bytes as they arrive; ends where the body ends, not to be closed
     * @param contentLength how many bytes were announced; empty if they come in chunks
     * @param contentType what was announced, {@code application/json} if nothing was
     * @param maxBytes more than these must be refused, as too large
     * @throws dev.geniehive.api.model.GenieException if it is too large or not valid
     * @throws IOException if reading fails, passed on from the stream
     */
    Body read(InputStream in, OptionalLong contentLength, String contentType, long maxBytes) throws IOException;

    /**
     * Reads all of a form; as {@link #read}, and with a content type that is checked here.
     *
     * @throws dev.geniehive.api.model.GenieException if it is no form, too large or not valid
     * @throws IOException if reading fails, passed on from the stream
     */
    default Body readForm(InputStream in, OptionalLong contentLength, String contentType, long maxBytes)
            throws IOException {
        throw new GenieException(ErrorKind.UNSUPPORTED_MEDIA_TYPE, "No forms are taken here.");
    }
}
