package dev.geniehive.kernel.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Where something can be filled into a body: found by a second pass over one that was judged already, and only for
 * requests into which something is to be filled.
 */
final class Outline {
    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

    /** A longer name, or a longer role of a message, is none that anybody fills in. */
    private static final int LONGEST = 128;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private long offset;

    private final Set<String> names = new HashSet<>();
    private long membersAt;
    private long messagesAt = -1;
    private boolean messages;
    private boolean system;

    private Outline(InputStream in) {
        this.in = in;
    }

    /** {@return the outline of a body that is one valid JSON object} */
    static Outline of(InputStream in) throws IOException {
        Outline outline = new Outline(in);
        outline.token();
        outline.membersAt = outline.position();
        outline.members();
        return outline;
    }

    /** {@return whether the client said something about it, under this or another name} */
    boolean says(String name) {
        return switch (name) {
            case MAX_TOKENS, MAX_COMPLETION_TOKENS ->
                names.contains(MAX_TOKENS) || names.contains(MAX_COMPLETION_TOKENS);
            default -> names.contains(name);
        };
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** {@return right after the brace that opens the body} */
    long membersAt() {
        return membersAt;
    }

    /** {@return whether there is a list of messages, none of them the system's} */
    boolean takesSystemPrompt() {
        return messagesAt >= 0 && !system;
    }

    boolean hasMessages() {
        return messages;
    }

    /** {@return right after the bracket that opens the messages} */
    long messagesAt() {
        return messagesAt;
    }

    private void members() throws IOException {
        for (int c = token(); c == '"'; c = token()) {
            String name = string();
            names.add(name);
            token(); // the colon
            int first = token();
            if (name.equals("messages") && first == '[') {
                messages();
            } else {
                skip(first);
            }
            if (token() != ',') {
                return;
            }
        }
    }

    private void messages() throws IOException {
        messagesAt = position();
        for (int c = token(); c != ']' && c >= 0; c = token()) {
            if (c != ',') {
                messages = true;
                message(c);
            }
        }
    }

    private void message(int first) throws IOException {
        if (first != '{') {
            skip(first);
            return;
        }
        for (int c = token(); c == '"'; c = token()) {
            boolean role = string().equals("role");
            token(); // the colon
            int value = token();
            if (role && value == '"') {
                String who = string();
                system |= who.equals("system") || who.equals("developer");
            } else {
                skip(value);
            }
            if (token() != ',') {
                return;
            }
        }
    }

    /** Goes on to the end of the value that begins with that byte. */
    private void skip(int first) throws IOException {
        if (first == '"') {
            string();
        } else if (first == '{' || first == '[') {
            container();
        } else {
            int c = next();
            while (c >= 0 && c != ',' && c != '}' && c != ']') {
                c = next();
            }
            at -= c < 0 ? 0 : 1;
        }
    }

    private void container() throws IOException {
        for (int depth = 1; depth > 0; ) {
            switch (next()) {
                case -1 -> depth = 0;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> string();
                default -> {}
            }
        }
    }

    /** {@return the string whose quote was read, unescaped where it is short and plain ASCII; else some other one} */
    private String string() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = next(); c >= 0 && c != '"'; c = next()) {
            int meant = c == '\\' ? escaped() : c;
            if (text.length() < LONGEST) {
                text.append((char) meant);
            }
        }
        return text.toString();
    }

    private int escaped() throws IOException {
        int c = next();
        if (c != 'u') {
            return c == 'n' || c == 't' || c == 'r' || c == 'b' || c == 'f' ? ' ' : c;
        }
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = unit * 16 + Character.digit(next(), 16);
        }
        return unit;
    }

    private int token() throws IOException {
        int c = next();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = next();
        }
        return c;
    }

    private long position() {
        return offset + at;
    }

    private int next() throws IOException {
        if (at == end) {
            offset += end;
            at = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }
}
