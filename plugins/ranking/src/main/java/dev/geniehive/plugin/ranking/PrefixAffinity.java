package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.Signals;
import java.util.List;

/**
 * Whoever is expected to answer soonest, where knowing the conversation counts: an {@link Estimate}, of which a warm
 * service is let off a share. The share is bounded, so a conversation moves on when its service has become that much
 * slower than another one.
 */
final class PrefixAffinity implements ByNumbers {
    private final int answerTokens;
    private final double bonus;

    /**
     * @param answerTokens how many tokens an answer is assumed to have
     * @param bonus what a service that knows all of the prompt, or the session, is let off; 0 to 0.9
     */
    PrefixAffinity(int answerTokens, double bonus) {
        this.answerTokens = answerTokens;
        this.bonus = bonus;
    }

    @Override
    public boolean seesPrefixes() {
        return true;
    }

    @Override
    public List<Ranked> rank(RouteRequest request, Candidates candidates) {
        Estimate estimate = Estimate.of(request, candidates, answerTokens);
        return InOrder.of(candidates, i -> estimate.millis(candidates, i) * (1 - bonus * warmth(candidates, i)));
    }

    private static double warmth(Candidates candidates, int i) {
        return candidates.sameSession(i) ? 1 : Math.clamp(candidates.prefixMatch(i), 0, 1);
    }

    @Override
    public String explain(Candidate candidate) {
        Signals signals = candidate.signals();
        String known = signals.sameSession()
                ? "has the session"
                : "knows %d %% of the prompt".formatted(Math.round(100 * signals.prefixMatch()));
        return known + ", " + Estimate.explain(signals);
    }
}
