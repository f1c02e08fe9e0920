package dev.geniehive.kernel.body;

import org.jspecify.annotations.Nullable;

/** Strings, from after their first quote to their last one: escapes and UTF-8 are judged in every one of them. */
final class JsonStrings {
    private final Cursor cursor;
    private long saved;

    JsonStrings(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Judges a string whose words nobody wants. {@return about how many bytes it has unescaped} */
    long skip() {
        saved = 0;
        long start = cursor.position();
        while (true) {
            cursor.skipPlain();
            int c = cursor.next();
            if (c == '"') {
                return cursor.position() - 1 - start - saved;
            } else if (c == '\\') {
                escape();
            } else if (c >= 0x80) {
                character(c, null);
            } else {
                throw notInString(c);
            }
        }
    }

    /** Judges a string and puts down what it says. */
    void read(Text text) {
        saved = 0;
        int high = 0;
        while (true) {
            int c = cursor.next();
            if (c == '\\') {
                int unit = escape();
                if (high != 0 && Character.isLowSurrogate((char) unit)) {
                    text.addCodePoint(Character.toCodePoint((char) high, (char) unit));
                    high = 0;
                    continue;
                }
                high = loneHalf(high, text);
                if (Character.isHighSurrogate((char) unit)) {
                    high = unit;
                } else {
                    text.addCodePoint(unit);
                }
                continue;
            }
            high = loneHalf(high, text);
            if (c == '"') {
                return;
            } else if (c >= 0x80) {
                character(c, text);
            } else if (c >= ' ') {
                text.add(c);
            } else {
                throw notInString(c);
            }
        }
    }

    private static int loneHalf(int high, Text text) {
        if (high != 0) {
            text.addCodePoint(high);
        }
        return 0;
    }

    /** {@return the UTF-16 unit that is meant} */
    private int escape() {
        int c = cursor.next();
        saved++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> throw cursor.wrong("one of \"\\/bfnrtu after a backslash", c);
        };
    }

    private int unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int c = cursor.next();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw cursor.wrong("four hexadecimal digits after \\u", c);
            }
            unit = unit * 16 + digit;
        }
        saved += unit < 0x80 ? 4 : unit < 0x800 || Character.isSurrogate((char) unit) ? 3 : 2;
        return unit;
    }

    /** Judges a character of several bytes by the table of RFC 3629: no longer than needed, no half, none too large. */
    private void character(int lead, @Nullable Text text) {
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        int more = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        if (more == 0) {
            throw notUtf8("a character cannot begin with byte 0x%02x".formatted(lead));
        }
        if (text != null) {
            text.add(lead);
        }
        for (int i = 0; i < more; i++) {
            int c = cursor.next();
            cursor.continued(1);
            if (c == Cursor.END) {
                throw notInString(c);
            }
            if (c < low || c > high) {
                throw notUtf8("byte 0x%02x cannot go on a character".formatted(c));
            }
            low = 0x80;
            high = 0xBF;
            if (text != null) {
                text.add(c);
            }
        }
    }

    private RuntimeException notUtf8(String what) {
        return cursor.invalid("invalid_utf8", cursor.column(), "the text is not UTF-8, " + what);
    }

    private RuntimeException notInString(int c) {
        return c == Cursor.END
                ? cursor.wrong("the end of a string", c)
                : cursor.invalid(
                        "invalid_json",
                        cursor.column(),
                        "control characters in strings must be escaped, found byte 0x%02x".formatted(c));
    }
}
