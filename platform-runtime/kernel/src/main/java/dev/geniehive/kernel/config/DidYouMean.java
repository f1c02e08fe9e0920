package dev.geniehive.kernel.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what someone probably meant: the nearest word by Damerau and Levenshtein, if it is near enough. */
public final class DidYouMean {
    private static final int MAX_LENGTH = 100;

    private DidYouMean() {}

    /** {@return the nearest of some words; none if all are too far away. Ties go to the first by alphabet} */
    public static Optional<String> among(Collection<String> words, String word) {
        String written = normal(word);
        int limit = Math.max(1, Math.min(3, written.length() / 3));
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return words.stream()
                .filter(candidate -> candidate.length() <= MAX_LENGTH)
                .filter(candidate -> distance(normal(candidate), written) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(normal(candidate), written))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@return how many letters to add, drop, replace or swap with their neighbour} */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (swapped(a, b, i, j)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }

    private static boolean swapped(String a, String b, int i, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }

    private static String normal(String word) {
        return word.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
