package dev.geniehive.kernel.body;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A header's value with its parameters, for example {@code form-data; name="file"}.
 *
 * @param value what stands before the first semicolon, in lower case
 * @param named the parameters by their names in lower case; quotes and escapes are gone
 */
record HeaderParameters(String value, Map<String, String> named) {
    private static final String SEPARATORS = "()<>@,;:\\\"/[]?={} \t";

    /**
     * {@return what a header says}
     *
     * @throws IllegalArgumentException if it cannot be read in one way only; the message says why, and quotes nothing
     */
    static HeaderParameters of(String header) {
        int semicolon = header.indexOf(';');
        String value = (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
        Map<String, String> named = new LinkedHashMap<>();
        Place place = new Place(header, semicolon < 0 ? header.length() : semicolon);
        while (place.nextParameter()) {
            String name = place.name();
            if (named.putIfAbsent(name, place.value()) != null) {
                throw new IllegalArgumentException("the parameter '%s' stands there twice".formatted(name));
            }
        }
        return new HeaderParameters(value.toLowerCase(Locale.ROOT), Map.copyOf(named));
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && SEPARATORS.indexOf(c) < 0);
    }

    /** A place in a header's value, which moves on. */
    private static final class Place {
        private final String text;
        private int at;

        Place(String text, int at) {
            this.text = text;
            this.at = at;
        }

        /** Moves to the start of the next name. {@return whether there is one; a last semicolon may have none} */
        boolean nextParameter() {
            skipSpace();
            if (at == text.length()) {
                return false;
            }
            if (text.charAt(at) != ';') {
                throw new IllegalArgumentException("something follows a parameter that is no semicolon");
            }
            at++;
            skipSpace();
            return at < text.length();
        }

        String name() {
            int equals = text.indexOf('=', at);
            String name = equals < 0 ? "" : text.substring(at, equals);
            if (!isToken(name)) {
                throw new IllegalArgumentException("a parameter has no proper name and value");
            }
            at = equals + 1;
            return name.toLowerCase(Locale.ROOT);
        }

        String value() {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int semicolon = text.indexOf(';', at);
            String value = text.substring(at, semicolon < 0 ? text.length() : semicolon)
                    .strip();
            at = semicolon < 0 ? text.length() : semicolon;
            if (!isToken(value)) {
                throw new IllegalArgumentException("a parameter's value needs quotes, or is missing");
            }
            return value;
        }

        /** Browsers escape nothing with backslashes, so only what cannot be meant otherwise is an escape. */
        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                boolean escaped = c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0;
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                at += escaped ? 1 : 0;
                value.append(text.charAt(at));
            }
            throw new IllegalArgumentException("a quote is not closed");
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
    }
}
