package dev.geniehive.control;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Candidates;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Ranked;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.kernel.plugin.Call;
import dev.geniehive.kernel.plugin.Lent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ranking policy of a name. While no plugin offers it, candidates keep the order of their ids: requests go on, and
 * the control plane says that it is not ready.
 */
final class LentRanking implements RankingPolicy {
    private final Supplier<Map<String, Lent<RankingPolicy>>> policies;
    private final String name;
    private volatile @Nullable Answer answer;

    /** What a policy has answered once and for all. */
    private record Answer(Lent<RankingPolicy> by, boolean seesPrefixes) {}

    /**
     * @param policies by name, as of now
     * @param name which one is wanted
     */
    LentRanking(Supplier<Map<String, Lent<RankingPolicy>>> policies, String name) {
        this.policies = policies;
        this.name = name;
    }

    @Override
    public List<Ranked> rank(RouteRequest request, List<Candidate> candidates) {
        return rank(request, Candidates.of(candidates));
    }

    @Override
    public List<Ranked> rank(RouteRequest request, Candidates candidates) {
        return policies.get().get(name) == null
                ? candidates.all().stream()
                        .map(candidate -> new Ranked(candidate, 0))
                        .toList()
                : call(List.of(), ranking -> ranking.rank(request, candidates));
    }

    @Override
    public boolean seesPrefixes() {
        Lent<RankingPolicy> policy = policies.get().get(name);
        if (policy == null) {
            return false;
        }
        Answer known = answer;
        if (known == null || !known.by().equals(policy)) {
            known = new Answer(policy, call(false, RankingPolicy::seesPrefixes));
            answer = known;
        }
        return known.seesPrefixes();
    }

    @Override
    public String explain(Candidate candidate) {
        return call("ranking '%s' is not here".formatted(name), ranking -> ranking.explain(candidate));
    }

    private <R> R call(R withoutPolicy, Call<RankingPolicy, R> call) {
        Lent<RankingPolicy> policy = policies.get().get(name);
        try {
            return policy == null ? withoutPolicy : policy.call(call);
        } catch (GenieException stopping) {
            // Its plugin was replaced between the look-up and the call.
            if (stopping.kind() == ErrorKind.UNAVAILABLE
                    && !Objects.equals(policies.get().get(name), policy)) {
                return call(withoutPolicy, call);
            }
            throw stopping;
        } catch (InterruptedException gaveUp) {
            Thread.currentThread().interrupt();
            throw new GenieException(ErrorKind.INTERNAL, "Interrupted while ranking.");
        }
    }
}
