package dev.geniehive.kernel.body;

import dev.geniehive.api.model.GenieException;
import java.util.Arrays;

/**
 * One pass over a body while it arrives: strict RFC 8259, one object, no key twice in an object, facts noted by the way.
 *
 * <p>It keeps no tree and makes no object a token; what it keeps grows with the nesting and with the number of members
 * of the objects that are open, both limited. Strings are decoded only where somebody asks for them.
 */
final class JsonScan {
    private static final String TRUE = "true";
    private static final String FALSE = "false";
    private static final String NULL = "null";

    /** Few bodies nest deeper. */
    static final int FIRST_DEPTH = 8;

    private final Cursor cursor;
    private final JsonStrings strings;
    private final Keys keys;
    private final Text text;
    private final FactFinder finder;

    /** For each open container, how many keys were open when it began; -1 for an array. */
    private int[] open;

    private final int maxDepth;
    private int depth;

    JsonScan(Cursor cursor, Keys keys, Fingerprint.Secret secret, int maxDepth) {
        this.cursor = cursor;
        this.strings = new JsonStrings(cursor);
        this.keys = keys;
        this.text = new Text(secret);
        this.finder = new FactFinder(cursor);
        this.open = new int[FIRST_DEPTH];
        this.maxDepth = maxDepth;
    }

    /**
     * Reads the body to its end.
     *
     * @throws GenieException if it is not valid
     */
    Findings scan() {
        int first = cursor.token();
        if (first != '{') {
            throw first == 0xEF
                    ? cursor.wrong("an object without a byte order mark before it", first)
                    : cursor.wrong("an object", first);
        }
        begin(true);
        members();
        int rest = cursor.token();
        if (rest != Cursor.END) {
            throw cursor.wrong("nothing after the object", rest);
        }
        return finder.findings();
    }

    private void members() {
        boolean empty = true;
        while (depth > 0) {
            boolean object = open[depth - 1] >= 0;
            int c = cursor.token();
            if (c == (object ? '}' : ']')) {
                end();
                empty = false;
                continue;
            }
            if (!empty) {
                c = afterComma(c, object);
            }
            if (object) {
                key(c, empty);
                c = cursor.token();
            } else {
                finder.item(depth);
            }
            empty = value(c);
        }
    }

    private int afterComma(int c, boolean object) {
        if (c != ',') {
            throw cursor.wrong(object ? "',' or '}'" : "',' or ']'", c);
        }
        return cursor.token();
    }

    private void key(int c, boolean mayEnd) {
        if (c != '"') {
            throw cursor.wrong(mayEnd ? "a member name or '}'" : "a member name", c);
        }
        long column = cursor.column();
        text.begin(depth);
        strings.read(text);
        if (keys.isFull()) {
            throw cursor.invalid("invalid_json", column, "too many members in the objects that are open");
        }
        if (!keys.add(text.fingerprint())) {
            String name = text.toString();
            throw cursor.invalid("duplicate_key", column, "the member \"%s\" stands twice".formatted(name), name);
        }
        int colon = cursor.token();
        if (colon != ':') {
            throw cursor.wrong("':'", colon);
        }
        finder.key(depth, text);
    }

    /** {@return whether a container began} */
    private boolean value(int c) {
        switch (c) {
            case '{', '[' -> {
                finder.begin(depth, c == '{' ? Kind.OBJECT : Kind.ARRAY);
                begin(c == '{');
                return true;
            }
            case '"' -> string();
            case 't' -> word(TRUE, Kind.TRUE);
            case 'f' -> word(FALSE, Kind.FALSE);
            case 'n' -> word(NULL, Kind.NULL);
            default -> {
                if (c != '-' && (c < '0' || c > '9')) {
                    throw cursor.wrong("a value", c);
                }
                number(c);
            }
        }
        return false;
    }

    private void begin(boolean object) {
        if (depth == maxDepth) {
            throw cursor.invalid(
                    "invalid_json", cursor.column(), "nested deeper than %d containers".formatted(maxDepth));
        }
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = object ? keys.size() : -1;
    }

    private void end() {
        int before = open[--depth];
        if (before >= 0) {
            keys.backTo(before);
        }
    }

    private void string() {
        finder.begin(depth, Kind.STRING);
        if (finder.wantsText(depth)) {
            long from = cursor.position() - 1;
            long column = cursor.column();
            text.begin(0);
            strings.read(text);
            finder.text(depth, text, from, cursor.position(), column);
        } else {
            finder.skipped(depth, strings.skip());
        }
    }

    private void word(String word, Kind kind) {
        finder.begin(depth, kind);
        for (int i = 1; i < word.length(); i++) {
            int c = cursor.next();
            if (c != word.charAt(i)) {
                throw cursor.wrong(word, c);
            }
        }
    }

    private void number(int first) {
        finder.begin(depth, Kind.NUMBER);
        int c = first == '-' ? cursor.next() : first;
        long value = 0;
        if (c == '0') {
            c = cursor.next();
        } else {
            requireDigit(c);
            for (; isDigit(c); c = cursor.next()) {
                value = value > Long.MAX_VALUE / 10 - 1 ? value : value * 10 + c - '0';
            }
        }
        if (c == '.') {
            c = digits(cursor.next());
        }
        boolean scaled = c == 'e' || c == 'E';
        if (scaled) {
            c = cursor.next();
            c = digits(c == '+' || c == '-' ? cursor.next() : c);
        }
        if (c != Cursor.END) {
            cursor.back();
        }
        finder.number(depth, first == '-' || scaled ? 0 : value);
    }

    private int digits(int first) {
        requireDigit(first);
        int c = first;
        while (isDigit(c)) {
            c = cursor.next();
        }
        return c;
    }

    private void requireDigit(int c) {
        if (!isDigit(c)) {
            throw cursor.wrong("a digit", c);
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
