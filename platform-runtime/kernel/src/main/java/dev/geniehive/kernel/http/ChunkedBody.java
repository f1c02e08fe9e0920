package dev.geniehive.kernel.http;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import io.helidon.common.buffers.DataReader;
import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of a request body that comes in chunks.
 *
 * <p>Helidon's own reader skips whatever two bytes follow a chunk, holds a chunk in memory as a whole, and puts no limit
 * on the line of its size. This one does not.
 */
final class ChunkedBody extends InputStream {
    private static final int LONGEST_LINE = 1024;
    private static final int MOST_TRAILERS = 64;

    private final DataReader reader;
    private final long maxBytes;
    private long total;
    private long leftInChunk;
    private boolean begun;
    private boolean ended;

    ChunkedBody(DataReader reader, long maxBytes) {
        this.reader = reader;
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        if (leftInChunk == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        reader.ensureAvailable();
        int read = (int) Math.min(Math.min(length, leftInChunk), reader.available());
        System.arraycopy(reader.readBytes(read), 0, to, offset, read);
        leftInChunk -= read;
        return read;
    }

    /** {@return whether the last chunk has been seen} */
    boolean hasEnded() {
        return ended;
    }

    private void nextChunk() {
        if (begun && !line().isEmpty()) {
            throw malformed();
        }
        begun = true;
        leftInChunk = size(line());
        total += leftInChunk;
        if (total > maxBytes) {
            throw new GenieException(
                    ErrorKind.TOO_LARGE,
                    "The body is larger than the %d bytes that are taken here.".formatted(maxBytes));
        }
        if (leftInChunk == 0) {
            skipTrailers();
            ended = true;
        }
    }

    private static long size(String line) {
        int semicolon = line.indexOf(';');
        String digits = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
        if (digits.isEmpty() || digits.length() > 15 || digits.chars().anyMatch(c -> Character.digit(c, 16) < 0)) {
            throw malformed();
        }
        return Long.parseLong(digits, 16);
    }

    private void skipTrailers() {
        for (int i = 0; i < MOST_TRAILERS; i++) {
            if (line().isEmpty()) {
                return;
            }
        }
        throw malformed();
    }

    private String line() {
        try {
            int length = reader.findNewLine(LONGEST_LINE);
            if (length == LONGEST_LINE) {
                throw malformed();
            }
            String line = length == 0 ? "" : reader.readAsciiString(length);
            reader.skip(2);
            return line;
        } catch (DataReader.IncorrectNewLineException e) {
            throw malformed();
        }
    }

    private static GenieException malformed() {
        return new GenieException(ErrorKind.INVALID_REQUEST, "The chunks of the body are not framed as HTTP/1.1 says.");
    }
}
