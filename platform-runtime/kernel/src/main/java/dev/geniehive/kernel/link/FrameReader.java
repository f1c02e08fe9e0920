package dev.geniehive.kernel.link;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts frames out of a stream. Used by one thread. */
final class FrameReader {
    static final int HEADER_BYTES = 4;
    private static final int BUFFER_BYTES = 8 << 10;

    /** Where bytes come from: blocks, returns how many came, or -1 at the end. */
    @FunctionalInterface
    interface Source {
        int read(byte[] into, int offset, int length) throws IOException;
    }

    private final Source source;
    private byte[] buffer;
    private int position;
    private int limit;

    /** @param ahead bytes that have come already */
    FrameReader(Source source, byte[] ahead) {
        this.source = source;
        this.buffer = ahead;
        this.limit = ahead.length;
    }

    /** {@return the next frame; null at the end of the stream} Nothing larger than its type allows is read. */
    @Nullable
    Frame next() throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        int first = take(header, 0, HEADER_BYTES);
        if (first < 0) {
            return null;
        }
        fill(header, first);
        int length = ((header[1] & 0xff) << 16) | ((header[2] & 0xff) << 8) | (header[3] & 0xff);
        FrameType type = checked(header[0] & 0xff, length);
        byte[] payload = length == 0 ? Frame.NOTHING : new byte[length];
        fill(payload, 0);
        return new Frame(type, payload);
    }

    private static FrameType checked(int code, int length) throws MalformedFrameException {
        FrameType type = FrameType.of(code);
        if (type == null) {
            throw new MalformedFrameException("there is no frame of type %d".formatted(code));
        }
        if (length > type.maxBytes()) {
            throw new MalformedFrameException(
                    "a frame %s has %d bytes, and at most %d are allowed".formatted(type, length, type.maxBytes()));
        }
        if (length == 0 && type.maxBytes() > 0) {
            throw new MalformedFrameException("a frame %s is empty".formatted(type));
        }
        return type;
    }

    private void fill(byte[] into, int from) throws IOException {
        for (int filled = from; filled < into.length; ) {
            int count = take(into, filled, into.length - filled);
            if (count < 0) {
                throw new EOFException("it closed the connection in the middle of a frame");
            }
            filled += count;
        }
    }

    private int take(byte[] into, int offset, int length) throws IOException {
        if (position == limit) {
            if (length >= BUFFER_BYTES) {
                return source.read(into, offset, length);
            }
            if (buffer.length < BUFFER_BYTES) {
                buffer = new byte[BUFFER_BYTES];
            }
            position = 0;
            limit = 0;
            int count = source.read(buffer, 0, buffer.length);
            if (count < 0) {
                return -1;
            }
            limit = count;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, count);
        position += count;
        return count;
    }
}
