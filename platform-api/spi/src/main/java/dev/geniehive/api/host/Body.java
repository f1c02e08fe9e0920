package dev.geniehive.api.host;

import dev.geniehive.api.model.BodyFacts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;

/**
 * A request's body: opaque bytes that can be read any number of times, by one reader after the other or by several at
 * once. A body lives as long as the request it came with.
 */
public interface Body {
    /** {@return bytes, at least 0} */
    long length();

    /** {@return the media type, for example {@code application/json}; empty if the body is empty} */
    String contentType();

    /** {@return the bytes from the start; the reader closes it} */
    InputStream open();

    /** {@return what the platform read from it; {@link BodyFacts#NONE} for a body that a plugin made} */
    BodyFacts facts();

    /**
     * {@return the same bytes, but for the value of the model name} Everything else stays as it was sent, byte for
     * byte: unknown fields, key order, spellings of numbers, escapes. A body without a model name is returned as it is.
     */
    Body withModel(String model);

    /** {@return the parts of a form, in the order in which they were sent; empty if this is no form} */
    default List<FormPart> parts() {
        return List.of();
    }

    /** {@return no body at all} */
    static Body empty() {
        return of(new byte[0], "");
    }

    /** {@return a body that a plugin made; the bytes must not change any more} */
    static Body of(byte[] bytes, String contentType) {
        return new Body() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public String contentType() {
                return contentType;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public BodyFacts facts() {
                return BodyFacts.NONE;
            }

            @Override
            public Body withModel(String model) {
                return this;
            }
        };
    }
}
