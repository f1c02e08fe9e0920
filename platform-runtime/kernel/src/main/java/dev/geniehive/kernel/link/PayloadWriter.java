package dev.geniehive.kernel.link;

import dev.geniehive.api.model.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Writes what a frame holds: numbers big-endian, text with its length in front. */
final class PayloadWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    PayloadWriter number(long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    PayloadWriter text(String value) {
        return text(value, StandardCharsets.UTF_8);
    }

    /** A byte for each character, as in HTTP. */
    PayloadWriter latin(String value) {
        if (value.chars().anyMatch(c -> c > 255)) {
            throw new IllegalArgumentException("a header holds a character that HTTP cannot carry");
        }
        return text(value, StandardCharsets.ISO_8859_1);
    }

    private PayloadWriter text(String value, Charset charset) {
        byte[] bytes = value.getBytes(charset);
        number(bytes.length, 3);
        out.writeBytes(bytes);
        return this;
    }

    PayloadWriter headers(Headers headers) {
        number(headers.entries().size(), 2);
        headers.entries().forEach(entry -> latin(entry.name()).latin(entry.value()));
        return this;
    }

    /** @throws IllegalArgumentException if that is too much for the frame */
    byte[] bytes(FrameType type) {
        if (out.size() > type.maxBytes()) {
            throw new IllegalArgumentException("a %s of %d bytes is too large for the link, which takes %d"
                    .formatted(type == FrameType.OPEN ? "request's head" : "head", out.size(), type.maxBytes()));
        }
        return out.toByteArray();
    }
}
