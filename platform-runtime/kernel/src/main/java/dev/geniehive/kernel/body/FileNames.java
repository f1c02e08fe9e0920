package dev.geniehive.kernel.body;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Names of uploaded files: a name and no path, however it is spelled, since engines may put it into one. */
final class FileNames {
    private static final int LONGEST = 255;

    private FileNames() {}

    /** Refuses what is no plain file name, as it stands or once percent signs are decoded. */
    static void check(String field, String name) {
        if (name.isBlank() || name.length() > LONGEST) {
            throw refused(field, "must have 1 to %d characters".formatted(LONGEST));
        }
        if (!isOneSegment(name) || !isOneSegment(percentDecoded(name))) {
            throw refused(field, "must be a name and no path: no slashes, backslashes or control characters");
        }
    }

    /** {@return what {@code filename*} says: {@code UTF-8'language'percent-encoded}} */
    static String decoded(String field, String extended) {
        int first = extended.indexOf('\'');
        int second = extended.indexOf('\'', first + 1);
        if (first < 0 || second < 0 || !extended.substring(0, first).equalsIgnoreCase("utf-8")) {
            throw refused(field, "is not spelled as RFC 8187 has it; send it as 'filename' in UTF-8");
        }
        return percentDecoded(extended.substring(second + 1));
    }

    private static boolean isOneSegment(String name) {
        return name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
                && !name.strip().equals(".")
                && !name.strip().equals("..");
    }

    /** {@return the name; as it stands where its percent signs are only that} */
    private static String percentDecoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException justPercentSigns) {
            return name;
        }
    }

    private static GenieException refused(String field, String why) {
        return new GenieException(new Problem(
                        ErrorKind.INVALID_REQUEST,
                        "invalid_filename",
                        "The file name of the part '%s' %s.".formatted(shown(field), why))
                .about(shown(field)));
    }

    private static String shown(String field) {
        return field.length() <= 64 ? field : field.substring(0, 64) + "…";
    }
}
