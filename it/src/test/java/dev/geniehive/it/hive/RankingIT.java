package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several services have the model, and a ranking policy chooses by what was learned of them. */
@Timeout(120)
class RankingIT {
    private static final Knobs GOOD = Knobs.defaults().with("tokens", 20);

    @TempDir
    private static Path unpacked;

    private static Path distribution = Path.of(".");

    private final List<FakeEngine> engines = new ArrayList<>();
    private @Nullable Hive started;

    @BeforeAll
    static void unpack() {
        distribution = Distribution.unpackTo(unpacked);
    }

    @AfterEach
    void stop() {
        Fixture.closeAll(started);
        engines.forEach(FakeEngine::close);
    }

    @Test
    void latencyLearnsWhoIsQuickAndKnowsItAfterARestart(@TempDir Path folder) throws Exception {
        Hive hive = up(folder, "routing: { ranking: latency }\n", 2);
        engines.getFirst().turn("first-ms", 400);
        Eventually.see(60, () -> ask("").header("x-geniehive-service").orElse(""), "box/e1"::equals);
        Eventually.see(60, () -> ask("").header("x-geniehive-service").orElse(""), "box/e2"::equals);

        assertThat(services(10, "")).containsOnly("box/e2");

        JsonNode before = performance("box/e1");
        assertThat(before.get("ttft_ms_p50").asDouble()).isBetween(375.0, 4000.0);
        assertThat(before.get("error_rate").asDouble()).isZero();
        assertThat(performance("box/e2").get("ttft_ms_p50").asDouble()).isLessThan(375);
        assertThat(performance("box/e2").get("tokens_per_second").asDouble()).isPositive();
        long samples = samples("box/e1") + samples("box/e2");
        assertThat(model().get("performance").get("samples").asLong()).isEqualTo(samples);

        hive.stop();
        hive.again();

        awaitServices(2);
        assertThat(performance("box/e1")).isEqualTo(before);
        assertThat(model().get("performance").get("samples").asLong()).isEqualTo(samples);
        assertThat(services(5, "")).containsOnly("box/e2");
    }

    @Test
    @Tag("long")
    void roundRobinGivesEachItsTurn(@TempDir Path folder) throws Exception {
        up(folder, "routing: { ranking: round-robin }\n", 3);

        List<String> turns = services(9, "");

        assertThat(turns.subList(0, 3)).containsExactlyInAnyOrder("box/e1", "box/e2", "box/e3");
        assertThat(turns.subList(3, 6)).isEqualTo(turns.subList(0, 3));
        assertThat(turns.subList(6, 9)).isEqualTo(turns.subList(0, 3));
    }

    @Test
    @Tag("long")
    void weightsAreObeyed(@TempDir Path folder) throws Exception {
        String weights = "weights: [ { service: \"box/e1\", weight: 0 }, { service: \"*\", weight: 5 } ]";
        up(folder, "routing: { ranking: weighted }\nplugins: { ranking: { %s } }\n".formatted(weights), 2);

        assertThat(services(10, "")).containsOnly("box/e2");
    }

    @Test
    void sessionsAndPromptsStayWhereTheyAreKnown(@TempDir Path folder) throws Exception {
        up(folder, "routing: { ranking: prefix-affinity }\nplugins: { ranking: { prefix-bonus: 90 } }\n", 2);
        engines.forEach(engine -> engine.turn("first-ms", 200));
        Eventually.see(60, () -> services(2, ""), seen -> seen.contains("box/e1") && seen.contains("box/e2"));

        for (int session = 0; session < 4; session++) {
            assertThat(services(3, "session-" + session).stream().distinct()).hasSize(1);
        }
        String[] beginnings = {"a", "b", "c", "d"};
        for (String beginning : beginnings) {
            String first = prompted(beginning.repeat(4000));
            assertThat(prompted(beginning.repeat(4000) + " and on it goes")).isEqualTo(first);
            assertThat(prompted(beginning.repeat(4000) + " another way")).isEqualTo(first);
        }
    }

    @Test
    void anUnknownPolicyIsSaidToBeMissingAndRequestsGoOn(@TempDir Path folder) throws Exception {
        up(folder, "routing: { ranking: astrology }\n", 1);

        assertThat(ask("").status()).isEqualTo(200);
        assertThat(Reply.get(hive(), "/readyz?verbose").text())
                .contains("astrology")
                .contains("prefix-affinity");
    }

    private Hive up(Path folder, String config, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            engines.add(FakeEngine.start(Flavor.OPENAI, GOOD));
        }
        int[] ports = engines.stream().mapToInt(FakeEngine::port).toArray();
        Hive hive = Hive.up(distribution, folder, config + Hive.services("openai-compatible", ports));
        started = hive;
        awaitServices(count);
        return hive;
    }

    private void awaitServices(int count) throws Exception {
        Eventually.see(
                30,
                () -> Outcome.get(hive().port(), "/v1/cluster/routes/resolve?model=fake-model"),
                decision ->
                        IntStream.rangeClosed(1, count).allMatch(i -> decision.contains("\"box/e" + i + "\",\"model\""))
                                && !decision.contains("dropped_by"));
    }

    private Hive hive() {
        return Objects.requireNonNull(started);
    }

    private List<String> services(int count, String session) throws IOException {
        List<String> services = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            services.add(ask(session).header("x-geniehive-service").orElse(""));
        }
        return services;
    }

    private Reply ask(String session) throws IOException {
        return session.isEmpty()
                ? Reply.post(hive(), Outcome.CHAT, Outcome.chat("fake-model", true))
                : Reply.post(hive(), Outcome.CHAT, Outcome.chat("fake-model", true), "X-Session-ID: " + session);
    }

    private String prompted(String prompt) throws IOException {
        String body = "{\"model\":\"fake-model\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(prompt);
        return Reply.post(hive(), Outcome.CHAT, body)
                .header("x-geniehive-service")
                .orElse("");
    }

    private JsonNode performance(String service) throws IOException {
        return Reply.getAsOperator(hive(), "/v1/cluster/services/" + service)
                .json()
                .get("performance");
    }

    private long samples(String service) throws IOException {
        return performance(service).get("samples").asLong();
    }

    private JsonNode model() throws IOException {
        return Reply.get(hive(), "/v1/models/fake-model").json().get("geniehive");
    }
}
