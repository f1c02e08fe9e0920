package dev.geniehive.kernel.body;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.nio.charset.StandardCharsets;

/** What a form's content type has to be, and the boundary that it names. */
final class FormType {
    private static final String FORM = "multipart/form-data";
    private static final int LONGEST = 70;
    private static final String MARKS = "'()+_,-./:=? ";

    private FormType() {}

    /**
     * {@return what stands before every part: a line break, two dashes, the boundary}
     *
     * @throws GenieException if it is not a form's, or names no boundary as RFC 2046 has it
     */
    static byte[] delimiter(String contentType) {
        HeaderParameters type = parsed(contentType);
        if (!type.value().equals(FORM)) {
            throw unsupported(contentType);
        }
        String boundary = type.named().get("boundary");
        if (boundary == null) {
            throw malformed("names no boundary. Let your HTTP library set the header");
        }
        if (boundary.isEmpty()
                || boundary.length() > LONGEST
                || boundary.endsWith(" ")
                || !boundary.chars().allMatch(FormType::isAllowed)) {
            throw malformed("names a boundary that is none: 1 to %d letters, digits and some marks".formatted(LONGEST));
        }
        return ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    private static HeaderParameters parsed(String contentType) {
        try {
            return HeaderParameters.of(contentType);
        } catch (IllegalArgumentException unreadable) {
            throw contentType.strip().regionMatches(true, 0, FORM, 0, FORM.length())
                    ? malformed("cannot be read: " + unreadable.getMessage())
                    : unsupported(contentType);
        }
    }

    private static boolean isAllowed(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || MARKS.indexOf(c) >= 0;
    }

    private static GenieException unsupported(String contentType) {
        return new GenieException(
                ErrorKind.UNSUPPORTED_MEDIA_TYPE,
                "The body must be a form, '%s' with its boundary, was '%s'.".formatted(FORM, contentType));
    }

    private static GenieException malformed(String what) {
        return new GenieException(
                ErrorKind.INVALID_REQUEST, "malformed_form", "The content type of the form %s.".formatted(what));
    }
}
