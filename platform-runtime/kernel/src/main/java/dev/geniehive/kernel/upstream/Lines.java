package dev.geniehive.kernel.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts lines out of what has arrived, without waiting for the rest of one. A line ends in CR LF and holds no other
 * control character but the tab; so a bare CR or LF is refused everywhere.
 */
final class Lines {
    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private byte[] spill = new byte[0];
    private int spilled;

    /**
     * Goes to the next line, which can be read until this is called again or more bytes arrive.
     *
     * @param max the most bytes before its end
     * @return false if it has not arrived as a whole; what there is has been taken
     */
    boolean next(Inbound in, int max) throws MalformedReplyException {
        int lineFeed = in.indexOfLineFeed();
        int length = lineFeed < 0 ? in.available() : lineFeed + 1 - in.position();
        if (spilled + length > max + (lineFeed < 0 ? 1 : 2)) {
            throw new MalformedReplyException("a line is longer than %d bytes".formatted(max));
        }
        if (lineFeed < 0 || spilled > 0) {
            spill(in, length);
        } else {
            view(in.buffer(), in.position(), length);
            in.skip(length);
        }
        if (lineFeed >= 0) {
            check();
        }
        return lineFeed >= 0;
    }

    private void spill(Inbound in, int length) {
        if (spill.length < spilled + length) {
            spill = Arrays.copyOf(spill, Math.max(256, 2 * (spilled + length)));
        }
        in.take(spill, spilled, length);
        spilled += length;
        view(spill, 0, spilled);
    }

    private void view(byte[] array, int offset, int length) {
        bytes = array;
        start = offset;
        end = offset + length;
    }

    private void check() throws MalformedReplyException {
        spilled = 0;
        end -= 2;
        if (end < start || bytes[end] != '\r') {
            throw new MalformedReplyException("a line does not end in CR LF");
        }
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if ((b >= 0 && b < ' ' && b != '\t') || b == 127) {
                throw new MalformedReplyException("a line holds a control character");
            }
        }
    }

    int length() {
        return end - start;
    }

    /** {@return a byte of the line from 0 to 255, or -1 behind its end} */
    int at(int index) {
        return start + index < end ? bytes[start + index] & 0xff : -1;
    }

    /** {@return the index of a character, or -1} */
    int indexOf(char wanted) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i - start;
            }
        }
        return -1;
    }

    /** {@return a part of the line, a character for each byte} */
    String text(int from, int to) {
        return new String(bytes, start + from, to - from, StandardCharsets.ISO_8859_1);
    }
}
