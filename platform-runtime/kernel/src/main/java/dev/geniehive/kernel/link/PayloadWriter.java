package dev.geniehive.kernel.link;

import dev.geniehive.api.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes what a frame holds: numbers big-endian, text with its length in front. */
final class PayloadWriter {
    private byte[] out = new byte[512];
    private int size;

    PayloadWriter number(long value, int bytes) {
        makeRoom(bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    PayloadWriter text(String value) {
        return stretch(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A byte for each character, as in HTTP. */
    PayloadWriter latin(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 255) {
                throw new IllegalArgumentException("a header holds a character that HTTP cannot carry");
            }
        }
        return stretch(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    private PayloadWriter stretch(byte[] bytes) {
        number(bytes.length, 3);
        makeRoom(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
        return this;
    }

    private void makeRoom(int count) {
        if (count > out.length - size) {
            out = Arrays.copyOf(out, Math.max(size + count, 2 * out.length));
        }
    }

    PayloadWriter headers(Headers headers) {
        number(headers.entries().size(), 2);
        for (Headers.Entry entry : headers.entries()) {
            latin(entry.name()).latin(entry.value());
        }
        return this;
    }

    /** @throws IllegalArgumentException if that is too much for the frame */
    byte[] bytes(FrameType type) {
        if (size > type.maxBytes()) {
            throw new IllegalArgumentException("a %s of %d bytes is too large for the link, which takes %d"
                    .formatted(type == FrameType.OPEN ? "request's head" : "head", size, type.maxBytes()));
        }
        return Arrays.copyOf(out, size);
    }
}
