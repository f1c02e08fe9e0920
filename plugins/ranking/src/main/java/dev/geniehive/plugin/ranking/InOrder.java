package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Puts candidates in order by one number each. Those who are alike stand in the order of their ids. */
final class InOrder {
    private InOrder() {}

    /** {@return the candidates, the one with the lowest score first} */
    static List<Ranked> of(List<Candidate> candidates, ToDoubleFunction<Candidate> score) {
        Ranked[] ranked = new Ranked[candidates.size()];
        for (int i = 0; i < ranked.length; i++) {
            Candidate candidate = candidates.get(i);
            ranked[i] = new Ranked(candidate, score.applyAsDouble(candidate));
        }
        Arrays.sort(ranked, InOrder::compare);
        return List.of(ranked);
    }

    private static int compare(Ranked one, Ranked other) {
        int order = Double.compare(one.score(), other.score());
        return order == 0 ? byId(one.candidate(), other.candidate()) : order;
    }

    /** Where nothing else decides. */
    static int byId(Candidate one, Candidate other) {
        int order = one.service().compareTo(other.service());
        return order == 0 ? one.asset().compareTo(other.asset()) : order;
    }
}
