package dev.geniehive.plugin.ranking;

import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.spi.RankingPolicy;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Asks a policy. */
final class Ranking {
    static final RouteRequest CHAT = new RouteRequest(Operation.CHAT, "m");

    private Ranking() {}

    /** {@return the hosts in the order of the policy} */
    static List<String> hosts(RankingPolicy policy, RouteRequest request, Given... services) {
        List<Candidate> candidates = Stream.of(services).map(Given::candidate).toList();
        return policy.rank(request, candidates).stream()
                .map(ranked -> ranked.candidate().host())
                .toList();
    }

    static List<String> hosts(RankingPolicy policy, Given... services) {
        return hosts(policy, CHAT, services);
    }

    /** {@return a chat whose answer may have so many tokens} */
    static RouteRequest atMost(long tokens) {
        return new RouteRequest(
                Operation.CHAT,
                "m",
                new BodyFacts(
                        "m", true, false, false, false, false, false, OptionalLong.of(tokens), 0, OptionalInt.empty()));
    }
}
