package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Puts candidates in order by one number each. Those who are alike stand in the order of their ids. */
final class InOrder {
    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparingDouble(Ranked::score)
            .thenComparing(ranked -> ranked.candidate().service())
            .thenComparing(ranked -> ranked.candidate().asset());

    private InOrder() {}

    /** {@return the candidates, the one with the lowest score first} */
    static List<Ranked> of(List<Candidate> candidates, ToDoubleFunction<Candidate> score) {
        Ranked[] ranked = new Ranked[candidates.size()];
        for (int i = 0; i < ranked.length; i++) {
            Candidate candidate = candidates.get(i);
            ranked[i] = new Ranked(candidate, score.applyAsDouble(candidate));
        }
        Arrays.sort(ranked, BEST_FIRST);
        return List.of(ranked);
    }
}
