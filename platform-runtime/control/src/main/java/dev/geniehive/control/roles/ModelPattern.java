package dev.geniehive.control.roles;

import dev.geniehive.control.access.Globs;
import java.util.Locale;

/**
 * A family of models, or one model: {@code qwen3-coder} means {@code qwen3-coder:30b} and
 * {@code Qwen/Qwen3-Coder-30B-Instruct} as well. Large and small letters are the same.
 *
 * <p>It fits a name, or what follows the last slash in it, if it is all of that or the beginning of it up to a dash, an
 * underscore, a colon or an at sign. With a star in it, it has to fit all of one of the two.
 *
 * @param text in small letters
 */
public record ModelPattern(String text) {
    private static final String FILE = ".gguf";

    /** {@return the pattern of a text as an operator writes it} */
    public static ModelPattern of(String text) {
        return new ModelPattern(text.toLowerCase(Locale.ROOT));
    }

    /** {@return whether a model may go by that name} */
    public boolean fits(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        String whole = small.endsWith(FILE) ? small.substring(0, small.length() - FILE.length()) : small;
        return fitsPart(whole) || fitsPart(whole.substring(whole.lastIndexOf('/') + 1));
    }

    private boolean fitsPart(String part) {
        if (text.indexOf('*') >= 0) {
            return Globs.fits(text, part);
        }
        return part.startsWith(text) && (part.length() == text.length() || ends(part.charAt(text.length())));
    }

    private static boolean ends(char next) {
        return next == '-' || next == '_' || next == ':' || next == '@';
    }
}
