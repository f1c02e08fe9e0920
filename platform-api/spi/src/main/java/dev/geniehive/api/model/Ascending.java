package dev.geniehive.api.model;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Candidates by numbers, the lowest first. Only the best one is known at first; the others are put in order when somebody
 * asks for one of them. Immutable, and safe for use by many threads at once.
 */
final class Ascending extends AbstractList<Ranked> implements RandomAccess {
    private final List<Candidate> candidates;
    private final @Nullable Candidates numbers;
    private final double @Nullable [] scores;
    private final long[][] keys;
    private final int best;
    private volatile Integer @Nullable [] order;

    /** @param scores null where the places are the scores */
    Ascending(List<Candidate> candidates, double @Nullable [] scores, long[]... keys) {
        this(candidates, null, scores, keys);
    }

    /** Where all numbers are the same, chance decides. */
    Ascending(Candidates numbers, long[]... keys) {
        this(numbers.all(), numbers, null, keys);
    }

    private Ascending(
            List<Candidate> candidates, @Nullable Candidates numbers, double @Nullable [] scores, long[]... keys) {
        this.candidates = candidates;
        this.numbers = numbers;
        this.scores = scores;
        this.keys = keys;
        for (long[] key : keys) {
            if (key.length != candidates.size()) {
                throw new IllegalArgumentException(
                        "there are %d candidates and %d numbers".formatted(candidates.size(), key.length));
            }
        }
        this.best = best();
    }

    /** Nearly always the first number decides. */
    private int best() {
        long[] first = keys.length == 0 ? new long[candidates.size()] : keys[0];
        int lowest = 0;
        for (int i = 1; i < first.length; i++) {
            if (first[i] < first[lowest] || (first[i] == first[lowest] && compare(i, lowest) < 0)) {
                lowest = i;
            }
        }
        return lowest;
    }

    @Override
    public Ranked get(int place) {
        int one = place == 0 && !candidates.isEmpty() ? best : order()[place];
        return new Ranked(candidates.get(one), scores == null ? place : scores[one]);
    }

    @Override
    public int size() {
        return candidates.size();
    }

    /** Two threads may do it at once; both find the same. */
    private Integer[] order() {
        Integer[] known = order;
        if (known == null) {
            known = new Integer[candidates.size()];
            Arrays.setAll(known, i -> i);
            Arrays.sort(known, this::compare);
            order = known;
        }
        return known;
    }

    private int compare(int one, int other) {
        for (long[] key : keys) {
            if (key[one] != key[other]) {
                return key[one] < key[other] ? -1 : 1;
            }
        }
        int order = numbers == null ? 0 : Double.compare(numbers.tieBreak(one), numbers.tieBreak(other));
        return order == 0 ? byId(candidates.get(one), candidates.get(other)) : order;
    }

    private static int byId(Candidate one, Candidate other) {
        int order = one.service().compareTo(other.service());
        return order == 0 ? one.asset().compareTo(other.asset()) : order;
    }

    /** {@return a number that is in the same order as {@link Double#compare} puts others} */
    static long bits(double number) {
        long bits = Double.doubleToLongBits(number);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
