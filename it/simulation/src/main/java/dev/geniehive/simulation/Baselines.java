package dev.geniehive.simulation;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Policies that nobody can choose, to compare with. */
final class Baselines {
    private static final Comparator<Candidate> BY_CHANCE =
            Comparator.comparingDouble(candidate -> candidate.signals().tieBreak());

    private Baselines() {}

    /** In no order at all. */
    record Chance() implements RankingPolicy {
        @Override
        public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
            return ranked(candidates.stream().sorted(BY_CHANCE).toList());
        }

        @Override
        public String explain(Candidate candidate) {
            return "by chance";
        }
    }

    /** Two by chance, the one with fewer requests first; the others after them. */
    record PowerOfTwo() implements RankingPolicy {
        @Override
        public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
            List<Candidate> drawn =
                    new ArrayList<>(candidates.stream().sorted(BY_CHANCE).toList());
            drawn.subList(0, Math.min(2, drawn.size()))
                    .sort(Comparator.comparingInt(
                            candidate -> candidate.signals().outstanding()));
            return ranked(drawn);
        }

        @Override
        public String explain(Candidate candidate) {
            return "the better of two";
        }
    }

    private static List<Ranked> ranked(List<Candidate> order) {
        List<Ranked> ranked = new ArrayList<>();
        order.forEach(candidate -> ranked.add(new Ranked(candidate, ranked.size())));
        return ranked;
    }
}
