package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Knobs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody has an answer, or the request deserves none. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HopelessIT {
    private final Engines engines = Engines.serving("fake-model", 2);
    private final Engines replicas = Engines.serving("poisoned-model", 4);
    private final Hive hive;

    HopelessIT(@TempDir Path folder) {
        hive = Hive.up(
                Distribution.unpackTo(folder.resolve("unpacked")),
                folder,
                "routing: { first-byte-timeout: 1s }\n" + Engines.yaml("", engines, replicas));
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.close();
        replicas.close();
    }

    @BeforeEach
    void allIsWell() throws Exception {
        engines.allBehave();
        Eventually.see(15, () -> Outcome.get(hive.port(), "/v1/cluster/services"), Engines::allHealthy);
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERS_500, 502, upstream_failed",
        "ANSWERS_503, 503, no_healthy_service",
        "ANSWERS_429, 429, rate_limit_exceeded",
        "ANSWERS_404, 404, model_not_found",
        "ANSWERS_401, 502, upstream_failed",
        "ANSWERS_HTML, 502, upstream_failed",
        "RESETS_BEFORE_THE_HEAD, 502, upstream_failed",
        "SAYS_NOTHING, 504, upstream_timeout",
    })
    void isOneClearErrorThatIsNotWorthRepeating(Trouble trouble, int status, String code) throws Exception {
        Knobs knobs = trouble.on(engines.good().with("retry-after", 7));
        engines.all().forEach(engine -> engine.turn(knobs));

        Outcome outcome = Outcome.of(hive.port(), "fake-model", status == 504);

        assertThat(outcome.status()).as(outcome.text()).isEqualTo(status);
        assertThat(outcome.text())
                .containsPattern("^\\{\"error\":\\{\"message\":\"box/e[12] ?") // who is asked last depends on who rests
                .contains("\"code\":\"%s\"".formatted(code))
                .doesNotContain("data:");
        assertThat(outcome.header("content-type")).startsWith("application/json");
        assertThat(outcome.header("x-should-retry")).isEqualTo("false");
        assertThat(outcome.header("x-geniehive-attempts")).isEqualTo("2");
        assertThat(outcome.header("retry-after")).isEqualTo(status == 503 || status == 429 ? "7" : "");
    }

    @Test
    void saysWhenToComeBackByWhatItKnows() throws Exception {
        Knobs busy = Trouble.ANSWERS_503.on(engines.good());
        Knobs forLong = busy.with("retry-after", 86_400);
        engines.all().forEach(engine -> engine.turn(forLong));
        assertThat(Outcome.of(hive.port(), "fake-model", false).header("retry-after"))
                .as("not longer than ten minutes, whatever the engine says")
                .isEqualTo("600");

        engines.all().forEach(engine -> engine.turn(busy));
        for (int i = 0; i < 5; i++) {
            Outcome.of(hive.port(), "fake-model", false);
        }
        Outcome resting = Outcome.of(hive.port(), "fake-model", false);

        assertThat(resting.status()).as(resting.text()).isEqualTo(503);
        assertThat(Integer.parseInt(resting.header("retry-after")))
                .as("until the first has rested")
                .isBetween(1, 60);
    }

    @Test
    void saysSoWhenNobodyListensAnyMore() throws Exception {
        engines.all().forEach(engine -> engine.turn("refuse-ms", -1));

        Outcome first = Outcome.of(hive.port(), "fake-model", true);
        Outcome second = Outcome.of(hive.port(), "fake-model", true);

        assertThat(first.status()).as(first.text()).isIn(502, 503);
        assertThat(second.status()).as(second.text()).isEqualTo(503);
        assertThat(second.text()).contains("no_healthy_service", "box/e1", "box/e2");
        assertThat(Integer.parseInt(second.header("retry-after"))).isBetween(1, 60);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesOnWhatAnEngineHasAgainstTheRequestAndAsksNobodyElse(boolean stream) throws Exception {
        int before = Engines.asked(engines.get(2)).size();
        engines.get(1)
                .turn(engines.good()
                        .with("status", 400)
                        .with("body", "{\"error\":{\"message\":\"temperature must be a number\",\"code\":400}}"));

        Outcome outcome = Outcome.of(hive.port(), "fake-model", stream);

        assertThat(outcome.status()).isEqualTo(400);
        assertThat(outcome.text())
                .startsWith("{\"error\":{\"message\":\"")
                .contains("temperature must be a number", "\"type\":\"invalid_request_error\"");
        assertThat(outcome.header("x-geniehive-attempts")).isEqualTo("1");
        assertThat(Engines.asked(engines.get(2))).hasSize(before);
    }

    @Test
    void waitsForTheFirstEventAsLongAsForTheHead() throws Exception {
        engines.get(1).turn(Trouble.SAYS_NOTHING_AFTER_THE_HEAD.on(engines.good()));

        Outcome outcome = Outcome.of(hive.port(), "fake-model", true);

        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.header("x-geniehive-service")).isEqualTo("box/e2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestThatKillsItsEngineKillsTwoAtMost(boolean stream) throws Exception {
        replicas.all().forEach(engine -> engine.turn(Trouble.RESETS_BEFORE_THE_HEAD.on(replicas.good())));
        List<Integer> before = casualties();

        Outcome outcome = Outcome.of(hive.port(), "poisoned-model", stream);

        assertThat(outcome.status()).isEqualTo(502);
        assertThat(outcome.header("x-should-retry")).isEqualTo("false");
        List<Integer> after = casualties();
        assertThat(after.stream().mapToInt(Integer::intValue).sum()
                        - before.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(2);
    }

    private List<Integer> casualties() {
        return replicas.all().stream()
                .map((FakeEngine engine) -> Engines.asked(engine).size())
                .toList();
    }
}
