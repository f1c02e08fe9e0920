package dev.geniehive.api.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One part of a form ({@code multipart/form-data}), as it was sent. It can be read any number of times, and lives as
 * long as the body that it is in.
 */
public interface FormPart {
    /** {@return the name of the field; never empty, no control characters} */
    String name();

    /**
     * {@return the name of the file, empty for a plain value} It is one segment: the platform refuses names with
     * slashes, backslashes and control characters.
     */
    Optional<String> fileName();

    /** {@return what the part says it is, {@code text/plain} if it says nothing} */
    String contentType();

    /** {@return bytes of its content, at least 0} */
    long length();

    /** {@return the content from its start; the reader closes it} */
    InputStream open();

    /** {@return the content as UTF-8 text; for plain values, which the platform keeps small, not for files} */
    default String text() {
        try (InputStream in = open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the part '%s' cannot be read".formatted(name()), e);
        }
    }
}
