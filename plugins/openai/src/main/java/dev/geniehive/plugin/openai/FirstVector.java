package dev.geniehive.plugin.openai;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the first vector in the first bytes of an answer. */
final class FirstVector {
    private static final Pattern START = Pattern.compile("\"embedding\"\\s*:\\s*([\\[\"])");

    private FirstVector() {}

    /** {@return how many numbers it has, whether as numbers or in base64; empty if it does not end in these bytes} */
    static OptionalInt dimensions(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        Matcher start = START.matcher(text);
        if (!start.find()) {
            return OptionalInt.empty();
        }
        boolean base64 = start.group(1).equals("\"");
        int end = text.indexOf(base64 ? '"' : ']', start.end());
        if (end < 0) {
            return OptionalInt.empty();
        }
        String vector = text.substring(start.end(), end);
        if (base64) {
            int padding = vector.endsWith("==") ? 2 : vector.endsWith("=") ? 1 : 0;
            return OptionalInt.of((vector.length() / 4 * 3 - padding) / Float.BYTES);
        }
        return vector.indexOf('[') >= 0
                ? OptionalInt.empty()
                : OptionalInt.of(1 + (int) vector.chars().filter(c -> c == ',').count());
    }
}
