package dev.geniehive.kernel.access;

import dev.geniehive.api.model.Headers;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S{1,512})");
    /** What clients send whose key was left empty. */
    Pattern EMPTY = Pattern.compile("(?i)(Bearer)?");

    Pattern PLAIN = Pattern.compile("\\S{1,512}");

    /** {@return the key of {@code Authorization: Bearer} or {@code x-api-key}; both may be there if they agree} */
    static Credentials of(Headers headers) {
        Set<String> keys = new LinkedHashSet<>();
        for (String value : headers.all("authorization")) {
            if (EMPTY.matcher(value.strip()).matches()) {
                continue;
            }
            Matcher matcher = BEARER.matcher(value.strip());
            if (!matcher.matches()) {
                return new Malformed("The Authorization header must be 'Bearer KEY'.");
            }
            keys.add(matcher.group(1));
        }
        for (String value : headers.all("x-api-key")) {
            if (value.isBlank()) {
                continue;
            }
            if (!PLAIN.matcher(value.strip()).matches()) {
                return new Malformed("The x-api-key header must hold a key and nothing else.");
            }
            keys.add(value.strip());
        }
        if (keys.size() > 1) {
            return new Malformed("The request brings two different keys; send one, as 'Authorization: Bearer KEY'.");
        }
        return keys.isEmpty() ? new None() : new Key(keys.iterator().next());
    }
}
