package dev.geniehive.kernel.link;

import dev.geniehive.api.model.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link PayloadWriter} wrote, and trusts none of it. */
final class PayloadReader {
    private static final int MOST_EXPECTED = 64;

    private final ByteBuffer bytes;

    PayloadReader(byte[] payload) {
        this.bytes = ByteBuffer.wrap(payload);
    }

    long number(int size) throws MalformedFrameException {
        need(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = (value << 8) | (bytes.get() & 0xff);
        }
        return value;
    }

    String text() throws MalformedFrameException {
        ByteBuffer stretch = stretch();
        try {
            return isAscii(stretch)
                    ? latin(stretch)
                    : StandardCharsets.UTF_8.newDecoder().decode(stretch).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFrameException("a text is not UTF-8");
        }
    }

    String latin() throws MalformedFrameException {
        return latin(stretch());
    }

    private static boolean isAscii(ByteBuffer stretch) {
        for (int i = 0; i < stretch.limit(); i++) {
            if (stretch.get(i) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String latin(ByteBuffer stretch) {
        return new String(stretch.array(), stretch.arrayOffset(), stretch.limit(), StandardCharsets.ISO_8859_1);
    }

    private ByteBuffer stretch() throws MalformedFrameException {
        int length = (int) number(3);
        need(length);
        ByteBuffer stretch = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return stretch;
    }

    Headers headers() throws MalformedFrameException {
        int count = (int) number(2);
        List<Headers.Entry> entries = new ArrayList<>(Math.min(count, MOST_EXPECTED));
        for (int i = 0; i < count; i++) {
            entries.add(entry(latin(), latin()));
        }
        return new Headers(entries);
    }

    private static Headers.Entry entry(String name, String value) throws MalformedFrameException {
        try {
            return new Headers.Entry(name, value);
        } catch (IllegalArgumentException e) {
            throw new MalformedFrameException("a header is not one of HTTP");
        }
    }

    void end() throws MalformedFrameException {
        if (bytes.hasRemaining()) {
            throw new MalformedFrameException("a frame is longer than what it says");
        }
    }

    private void need(int count) throws MalformedFrameException {
        if (bytes.remaining() < count) {
            throw new MalformedFrameException("a frame is shorter than what it says");
        }
    }
}
