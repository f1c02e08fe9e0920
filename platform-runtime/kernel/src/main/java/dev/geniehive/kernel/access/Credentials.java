package dev.geniehive.kernel.access;

import dev.geniehive.api.model.Headers;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a request brings to prove who it is. */
sealed interface Credentials {
    /** Nothing. */
    record None() implements Credentials {}

    /** A key. */
    record Key(String value) implements Credentials {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** Something that cannot be a key. */
    record Malformed(String why) implements Credentials {}

    int LONGEST = 512;

    String BEARER = "Bearer";

    /** {@return the key of {@code Authorization: Bearer} or {@code x-api-key}; both may be there if they agree} */
    static Credentials of(Headers headers) {
        Set<String> keys = new LinkedHashSet<>();
        for (String value : headers.all("authorization")) {
            String said = value.strip();
            if (said.isEmpty() || said.equalsIgnoreCase(BEARER)) {
                continue; // what clients send whose key was left empty
            }
            String key = bearer(said);
            if (!isKey(key)) {
                return new Malformed("The Authorization header must be 'Bearer KEY'.");
            }
            keys.add(key);
        }
        for (String value : headers.all("x-api-key")) {
            if (value.isBlank()) {
                continue;
            }
            if (!isKey(value.strip())) {
                return new Malformed("The x-api-key header must hold a key and nothing else.");
            }
            keys.add(value.strip());
        }
        if (keys.size() > 1) {
            return new Malformed("The request brings two different keys; send one, as 'Authorization: Bearer KEY'.");
        }
        return keys.isEmpty() ? new None() : new Key(keys.iterator().next());
    }

    /** {@return what follows the word and its spaces; empty if nothing does} */
    private static String bearer(String said) {
        int length = BEARER.length();
        if (!said.regionMatches(true, 0, BEARER, 0, length) || said.length() == length || said.charAt(length) != ' ') {
            return "";
        }
        int at = length;
        while (at < said.length() && said.charAt(at) == ' ') {
            at++;
        }
        return said.substring(at);
    }

    private static boolean isKey(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST;
    }
}
