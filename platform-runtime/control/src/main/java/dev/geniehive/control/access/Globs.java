package dev.geniehive.control.access;

import java.util.List;

/** Patterns of names in which {@code *} stands for any characters. */
public final class Globs {
    private Globs() {}

    /** {@return whether one of the patterns fits, or there are none} */
    static boolean anyOrNone(List<String> patterns, String name) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> fits(pattern, name));
    }

    /** {@return whether a pattern fits a whole name} Linear in the lengths for all practical patterns: it goes back only to the last star. */
    public static boolean fits(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
