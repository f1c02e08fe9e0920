package dev.geniehive.kernel.body;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;

/** A place in the bytes of a body, and the words for what is wrong there. */
final class Cursor {
    static final int END = -1;

    private final Intake intake;
    private byte[] window = new byte[0];
    private int at;
    private int end;
    private long offset;

    private long line = 1;
    private long lineStart;
    private long continuations;

    Cursor(Intake intake) {
        this.intake = intake;
    }

    /** {@return the next byte, 0 to 255, or {@link #END}} */
    int next() {
        return at < end || more() ? window[at++] & 0xFF : END;
    }

    /** Goes back by the byte that {@link #next} gave. */
    void back() {
        at--;
    }

    /** {@return the next byte that is no white space, or {@link #END}} */
    int token() {
        while (true) {
            int c = next();
            if (c == '\n') {
                line++;
                lineStart = position();
                continuations = 0;
            } else if (c != ' ' && c != '\r' && c != '\t') {
                return c;
            }
        }
    }

    /** Goes on to the next byte that is not a plain character of a string: see {@link Octets}. */
    void skipPlain() {
        do {
            at = Octets.skipPlain(window, at, end);
        } while (at == end && more());
    }

    /** Says that some of the last bytes were not the first of their character. */
    void continued(int bytes) {
        continuations += bytes;
    }

    /** {@return how many bytes of the body lie before this place} */
    long position() {
        return offset + at;
    }

    /** {@return the column of the byte that {@link #next} gave, in characters (code points), from 1} */
    long column() {
        return Math.max(1, position() - lineStart - continuations);
    }

    private boolean more() {
        if (!intake.read()) {
            return false;
        }
        window = intake.window();
        at = intake.from();
        end = intake.to();
        offset = intake.offset();
        return true;
    }

    /**
     * {@return the error: at this place, something else was expected}
     *
     * @param expected what, as in {@code a value}
     * @param found what {@link #next} gave
     */
    GenieException wrong(String expected, int found) {
        long column = column() + (found == END ? 1 : 0);
        return invalid("invalid_json", column, "expected %s, found %s".formatted(expected, describe(found)));
    }

    /** {@return the error: what stands here is not allowed} */
    GenieException invalid(String code, long column, String what) {
        return new GenieException(problem(code, column, what));
    }

    /** {@return the error: what stands here is not allowed, and it is about a field} */
    GenieException invalid(String code, long column, String what, String param) {
        return new GenieException(problem(code, column, what).about(param));
    }

    private Problem problem(String code, long column, String what) {
        return new Problem(
                ErrorKind.INVALID_REQUEST,
                code,
                "The body cannot be read at line %d, column %d: %s.".formatted(line, column, what));
    }

    private static String describe(int found) {
        if (found == END) {
            return "the end of the body";
        }
        return found > ' ' && found < 0x7F ? "'" + (char) found + "'" : "byte 0x%02x".formatted(found);
    }
}
