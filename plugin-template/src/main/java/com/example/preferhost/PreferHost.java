package com.example.preferhost;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.Signals;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Machines in the order of the configuration, those that it does not name last; on one machine the service with the
 * fewest requests, and equals by the platform's random number. The score of a candidate is its place.
 */
final class PreferHost implements RankingPolicy {
    private final List<String> hosts;
    private final Comparator<Candidate> bestFirst;

    PreferHost(PreferHostConfig config) {
        this.hosts = config.hosts();
        this.bestFirst = Comparator.comparingInt(this::place)
                .thenComparingInt(candidate -> candidate.signals().outstanding())
                .thenComparingDouble(candidate -> candidate.signals().tieBreak())
                .thenComparing(Candidate::service)
                .thenComparing(Candidate::asset);
    }

    @Override
    public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
        List<Ranked> ranked = new ArrayList<>(candidates.size());
        candidates.stream().sorted(bestFirst).forEach(candidate -> ranked.add(new Ranked(candidate, ranked.size())));
        return ranked;
    }

    @Override
    public String explain(Candidate candidate) {
        Signals signals = candidate.signals();
        return place(candidate) < hosts.size()
                ? "%s is preferred machine %d, %d in flight"
                        .formatted(candidate.host(), place(candidate) + 1, signals.outstanding())
                : "%s is not among the preferred machines, %d in flight"
                        .formatted(candidate.host(), signals.outstanding());
    }

    private int place(Candidate candidate) {
        int named = hosts.indexOf(candidate.host());
        return named < 0 ? hosts.size() : named;
    }
}
