package com.example.preferhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Candidate;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Signals;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.testkit.FakeConfig;
import dev.geniehive.testkit.RankingPolicyContract;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Keeps what every ranking policy promises (the contract of the test kit), and what this one does. */
class PreferHostTest extends RankingPolicyContract {
    private static final RouteRequest REQUEST = new RouteRequest(Operation.CHAT, "llama");

    @Override
    protected RankingPolicy policy() {
        return preferring("host-3", "host-1");
    }

    @Test
    void prefersMachinesInTheOrderOfTheConfiguration() {
        List<Candidate> candidates = List.of(on("attic", 0), on("workshop", 0), on("cellar", 0));

        assertThat(preferring("workshop", "cellar").rank(REQUEST, candidates))
                .extracting(ranked -> ranked.candidate().host())
                .containsExactly("workshop", "cellar", "attic");
    }

    @Test
    void prefersTheServiceWithLessToDoWhereNoMachineIsPreferred() {
        assertThat(preferring().rank(REQUEST, List.of(on("attic", 2), on("workshop", 1))))
                .extracting(ranked -> ranked.candidate().host())
                .containsExactly("workshop", "attic");
    }

    @Test
    void rejectsAMachineThatIsNamedTwice() {
        FakeConfig config = FakeConfig.of(Map.of("hosts", List.of("attic", "attic")));

        assertThat(PreferHostConfig.from(config).hosts()).containsExactly("attic");
        assertThat(config.rejected()).containsExactly("hosts");
    }

    private static PreferHost preferring(String... hosts) {
        return new PreferHost(new PreferHostConfig(List.of(hosts)));
    }

    private static Candidate on(String host, int outstanding) {
        return new Candidate(
                host + "/llama",
                host,
                "llama",
                new Signals(
                        true,
                        ServiceHealth.HEALTHY,
                        outstanding,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        0,
                        0,
                        0,
                        0.5));
    }
}
