package dev.geniehive.kernel.upstream;

import java.io.EOFException;
import java.io.IOException;

/** What has arrived on a connection and was not taken yet. Used by one thread at a time. */
final class Inbound {
    private static final int FIRST_BUFFER_BYTES = 1024;
    private static final int MOST_BUFFER_BYTES = 16 * 1024;

    private final ByteStream stream;

    /** Small for those many who send a token at a time; larger for whoever was seen to fill it. */
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];

    private int position;
    private int limit;
    private boolean anything;

    Inbound(ByteStream stream) {
        this.stream = stream;
    }

    /** Starts over for the next reply. */
    void reset() {
        anything = false;
    }

    /** {@return whether any byte of the current reply has come} */
    boolean anything() {
        return anything;
    }

    int available() {
        return limit - position;
    }

    byte[] buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    /** {@return the index in the buffer of the next line feed, or -1} */
    int indexOfLineFeed() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    void skip(int count) {
        position += count;
    }

    int take(byte[] into, int offset, int length) {
        int count = Math.min(length, available());
        System.arraycopy(buffer, position, into, offset, count);
        position += count;
        return count;
    }

    /** Waits for bytes; only when all others were taken. @return false at the end of the stream */
    boolean fill(long timeoutMillis) throws IOException {
        if (limit == buffer.length && limit < MOST_BUFFER_BYTES) {
            buffer = new byte[2 * limit];
        }
        int count = read(buffer, 0, buffer.length, timeoutMillis);
        position = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }

    /** Like {@link #fill}, for a part of a reply that cannot be missing. */
    void need(long timeoutMillis) throws IOException {
        if (!fill(timeoutMillis)) {
            throw new EOFException(anything ? "it closed the connection in the middle" : "it closed the connection");
        }
    }

    /** Waits for bytes and passes the buffer by; only when all in it were taken. @return how many, or -1 at the end */
    int read(byte[] into, int offset, int length, long timeoutMillis) throws IOException {
        int count = stream.read(into, offset, length, Math.max(timeoutMillis, 1));
        anything |= count > 0;
        return count;
    }
}
