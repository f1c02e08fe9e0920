package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Puts candidates in order by one number each. Those who are alike stand in the order of their ids. */
final class InOrder {
    private InOrder() {}

    /** {@return the candidates, the one with the lowest score first} */
    static List<Ranked> of(Candidates candidates, IntToDoubleFunction score) {
        double[] scores = new double[candidates.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score.applyAsDouble(i);
        }
        return Ranked.ascending(candidates.all(), scores);
    }
}
