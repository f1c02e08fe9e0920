package dev.geniehive.kernel.upstream;

import dev.geniehive.api.model.Headers;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of headers or trailers up to the empty one, as they arrive, within limits. */
final class Fields {
    static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_COUNT = 200;

    private final Lines lines;
    private final List<Headers.Entry> entries = new ArrayList<>();
    private int bytes;

    Fields(Lines lines) {
        this.lines = lines;
    }

    /** Reads on. @return whether the empty line has been read */
    boolean advance(Inbound in) throws MalformedReplyException {
        while (lines.next(in, MAX_LINE_BYTES)) {
            if (lines.length() == 0) {
                return true;
            }
            bytes += lines.length() + 2;
            if (bytes > MAX_BYTES || entries.size() == MAX_COUNT) {
                throw new MalformedReplyException(
                        "there are more than %d bytes or %d lines of headers".formatted(MAX_BYTES, MAX_COUNT));
            }
            entries.add(entry());
        }
        return false;
    }

    private Headers.Entry entry() throws MalformedReplyException {
        int colon = lines.indexOf(':');
        if (colon <= 0) {
            throw new MalformedReplyException(
                    isBlank(lines.at(0)) ? "a header is folded over several lines" : "a header has no name");
        }
        for (int i = 0; i < colon; i++) {
            if (!isToken(lines.at(i))) {
                throw new MalformedReplyException("the name of a header is not a token");
            }
        }
        int from = colon + 1;
        int to = lines.length();
        while (from < to && isBlank(lines.at(from))) {
            from++;
        }
        while (to > from && isBlank(lines.at(to - 1))) {
            to--;
        }
        return new Headers.Entry(lines.text(0, colon), lines.text(from, to));
    }

    /** {@return what was read so far} */
    List<Headers.Entry> entries() {
        return entries;
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(int c) {
        return switch (c) {
            case '"', '(', ')', ',', '/', ':', ';', '<', '=', '>', '?', '@', '[', '\\', ']', '{', '}' -> false;
            default -> c > ' ' && c < 127;
        };
    }
}
