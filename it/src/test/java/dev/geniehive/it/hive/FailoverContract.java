package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Seen;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two services have the model, and the one that is asked first misbehaves. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FailoverContract {
    private final Engines engines = Engines.serving("fake-model", 2);
    private final FakeEngine bad = engines.get(1);
    private final FakeEngine good = engines.get(2);
    private final Place hive;

    FailoverContract(Form form, Path folder) {
        hive = form.start(
                folder,
                "routing: { first-byte-timeout: 1s, stream-idle-timeout: 2s }\n",
                Engines.services("", engines));
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.close();
    }

    @BeforeEach
    void allIsWell() throws Exception {
        engines.allBehave();
        Eventually.see(15, () -> Outcome.get(hive.port(), "/v1/cluster/services"), Engines::allHealthy);
        Eventually.see(
                15,
                () -> Outcome.get(hive.port(), "/v1/cluster/routes/resolve?model=fake-model"),
                decision -> !decision.contains("resting"));
        for (int i = 0; i < 5; i++) { // a fifth of all requests may be tried twice
            assertThat(Outcome.of(hive.port(), "fake-model", false).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void costsAStreamingClientNothingBeforeTheFirstEvent(Trouble trouble) throws Exception {
        Outcome outcome = despite(trouble, true);

        assertThat(outcome.text())
                .containsSubsequence("tok0", "tok4", "data: [DONE]\n\n")
                .doesNotContain("error", "waiting");
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void costsAClientWhoWantsItAllAtOnceNothing(Trouble trouble) throws Exception {
        assumeFalse(trouble == Trouble.ANSWERS_A_BARE_DONE, "there is no such thing without a stream");

        Outcome outcome = despite(trouble, false);

        assertThat(outcome.text()).contains("tok0 tok1 tok2 tok3 tok4").doesNotContain("error");
    }

    private Outcome despite(Trouble trouble, boolean stream) throws Exception {
        int before = Engines.asked(bad).size();
        bad.turn(trouble.on(engines.good()));

        Outcome outcome = Outcome.of(hive.port(), "fake-model", stream);

        assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
        assertThat(outcome.header("x-geniehive-service")).isEqualTo(hive.service(2));
        if (trouble != Trouble.REFUSES) { // which may have been noticed by then
            assertThat(outcome.header("x-geniehive-attempts"))
                    .as(Outcome.get(hive.port(), "/v1/cluster/routes/resolve?model=fake-model"))
                    .isEqualTo("2");
            assertThat(Engines.asked(bad)).hasSize(before + 1);
        }
        return outcome;
    }

    @Test
    void goesOnCostingNothingWhenAnEngineKeepsFailing() throws Exception {
        bad.turn(Trouble.ANSWERS_500.on(engines.good()));

        for (int i = 0; i < 100; i++) {
            assertThat(Outcome.of(hive.port(), "fake-model", i % 2 == 0).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "die-after, rst, 502",
        "die-after, fin, 502",
        "error-after, rst, 502",
        "silent-after, rst, 504",
    })
    void endsAStreamThatHasBegunWithAnErrorAndNeverGeneratesTwice(String knob, String death, int status)
            throws Exception {
        List<Seen> before = Engines.asked(good);
        bad.turn(engines.good().with(knob, 2).with("death", death));

        Outcome outcome = Outcome.of(hive.port(), "fake-model", true);

        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.header("x-geniehive-service")).isEqualTo(hive.service(1));
        assertBrokenOff(outcome.text(), status);
        assertThat(outcome.text())
                .containsOnlyOnce("tok0")
                .containsOnlyOnce("tok1")
                .doesNotContain("tok2");
        assertThat(Engines.asked(good)).hasSameSizeAs(before);
    }

    @Test
    void doesNotTakeAStreamWithoutItsEndForAWholeOne() throws Exception {
        bad.turn("mode", "no-done");

        Outcome outcome = Outcome.of(hive.port(), "fake-model", true);

        assertBrokenOff(outcome.text(), 502);
        assertThat(outcome.text()).contains("tok4");
    }

    private static void assertBrokenOff(String events, int status) {
        List<String> all = List.of(events.split("\n\n"));
        assertThat(all.getLast()).isEqualTo("data: [DONE]");
        assertThat(all.get(all.size() - 2)).startsWith("data: {\"error\":{\"message\":\"");
        assertThat(all.get(all.size() - 2)).contains("\"status\":" + status);
        assertThat(events).endsWith("\n\n").containsOnlyOnce("\"error\"").containsOnlyOnce("data: [DONE]");
    }

    @Test
    void keepsTheConnectionOfAClientThatItFailedOverFor() throws Exception {
        bad.turn(Trouble.RESETS_BEFORE_THE_HEAD.on(engines.good()));

        try (RawClient client = RawClient.connect(hive.port())) {
            for (boolean stream : List.of(true, false, true)) {
                client.post(Outcome.CHAT, Outcome.chat("fake-model", stream));
                assertThat(Outcome.read(client).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void countsAStreamThatBrokeOffAsAFailureAndNotAsASuccess() throws Exception {
        bad.turn(engines.good().with("die-after", 2).with("death", "fin"));
        long failures = ended("upstream_failed");
        long successes = ended("");

        Outcome.of(hive.port(), "fake-model", true);

        Eventually.see(5, () -> ended("upstream_failed"), count -> count == failures + 1);
        assertThat(ended("")).isEqualTo(successes);
    }

    /** {@return how many requests have ended so} */
    private long ended(String errorType) throws Exception {
        return Outcome.get(hive.port(), "/metrics")
                .lines()
                .filter(line -> line.startsWith("gen_ai_server_request_duration_seconds_count{"))
                .filter(line -> line.contains("error_type=\"%s\"".formatted(errorType)))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void countsWhatItFailedOver() throws Exception {
        bad.turn(Trouble.ANSWERS_500.on(engines.good()));
        Outcome.of(hive.port(), "fake-model", true);

        assertThat(Outcome.get(hive.port(), "/metrics")).contains("geniehive_failovers");
    }
}
