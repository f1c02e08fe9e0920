package dev.geniehive.plugin.openai;

import dev.geniehive.api.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds {@code "usage":{…}} in a piece of a reply. The same words within a text of the model do not count: there the
 * quotes are escaped.
 *
 * <p>Looked for in every answer, so the bytes are searched and no tree of them is made.
 */
final class UsageText {
    private static final byte[] USAGE = ascii("\"usage\"");
    private static final byte[] PROMPT = ascii("\"prompt_tokens\"");
    private static final byte[] COMPLETION = ascii("\"completion_tokens\"");

    /** There is none, or it is null. */
    private static final long ABSENT = -1;

    /** There is something, and it is no count. */
    private static final long NO_COUNT = -2;

    private static final int MOST_DIGITS = 18;

    private final byte[] piece;
    private final int length;

    private UsageText(byte[] piece, int length) {
        this.piece = piece;
        this.length = length;
    }

    /** {@return the last complete usage in the first bytes of a piece} */
    static Optional<Usage> last(byte[] piece, int length) {
        UsageText text = new UsageText(piece, length);
        for (int at = length - USAGE.length; at >= 0; at--) {
            if (text.isAt(at, USAGE)) {
                Optional<Usage> usage = text.usage(text.afterColon(at + USAGE.length));
                if (usage.isPresent()) {
                    return usage;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Usage> usage(int start) {
        if (start >= length || piece[start] != '{') {
            return Optional.empty();
        }
        long prompt = ABSENT;
        long completion = ABSENT;
        int depth = 0;
        for (int i = start; i < length; i++) {
            switch (piece[i]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    prompt = depth == 1 && isAt(i, PROMPT) ? count(i + PROMPT.length) : prompt;
                    completion = depth == 1 && isAt(i, COMPLETION) ? count(i + COMPLETION.length) : completion;
                    i = endOfText(i);
                }
                default -> {}
            }
            if (depth == 0) {
                return prompt < 0 || completion == NO_COUNT
                        ? Optional.empty()
                        : Optional.of(new Usage(prompt, Math.max(0, completion), false));
            }
        }
        return Optional.empty();
    }

    /** {@return the whole number after a colon} */
    private long count(int afterName) {
        int at = afterColon(afterName);
        int first = at;
        long count = 0;
        while (at < length && piece[at] >= '0' && piece[at] <= '9' && at - first < MOST_DIGITS) {
            count = 10 * count + piece[at] - '0';
            at++;
        }
        if (at == first) {
            return at < length && piece[at] == 'n' ? ABSENT : NO_COUNT;
        }
        return at < length && (piece[at] == ',' || piece[at] == '}' || isBlank(piece[at])) ? count : NO_COUNT;
    }

    /** {@return where a text ends that begins here, at its last quote} */
    private int endOfText(int quote) {
        int at = quote + 1;
        while (at < length && piece[at] != '"') {
            at += piece[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    /** {@return where the value begins whose name ends here; the end of the piece if there is no colon} */
    private int afterColon(int afterName) {
        int colon = afterBlanks(afterName);
        return colon < length && piece[colon] == ':' ? afterBlanks(colon + 1) : length;
    }

    private int afterBlanks(int from) {
        int at = from;
        while (at < length && isBlank(piece[at])) {
            at++;
        }
        return at;
    }

    private boolean isAt(int at, byte[] word) {
        if (at + word.length > length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (piece[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
