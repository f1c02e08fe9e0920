package dev.geniehive.api.model;

import java.util.List;

/**
 * A candidate in its place.
 *
 * @param candidate one of the candidates that were asked about
 * @param score what put it there, lower is better; its unit is the policy's own
 */
public record Ranked(Candidate candidate, double score) {
    /**
     * {@return the candidates, the one with the lowest score first} Those who are alike stand in the order of the ids of
     * their services, and then of their models. The first one is found at once, the others are put in order when somebody
     * reads on: nearly always nobody does.
     *
     * @param candidates not changed any more
     * @param scores one for each; not changed any more
     */
    public static List<Ranked> ascending(List<Candidate> candidates, double[] scores) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < scores.length; i++) {
            keys[i] = Ascending.bits(scores[i]);
        }
        return new Ascending(candidates, scores, keys);
    }

    /**
     * {@return the candidates in the order of several numbers each, of which one decides where those before it are the
     * same} The lowest comes first; otherwise as {@link #ascending}. The score of a candidate is its place, from 0.
     *
     * @param candidates not changed any more
     * @param keys the first, second ... number of each candidate; not changed any more
     */
    public static List<Ranked> inOrder(List<Candidate> candidates, long[]... keys) {
        return new Ascending(candidates, null, keys);
    }

    /** {@return the same, but where all numbers are the same the one with the lower random number comes first} */
    public static List<Ranked> inOrder(Candidates candidates, long[]... keys) {
        return new Ascending(candidates, keys);
    }
}
