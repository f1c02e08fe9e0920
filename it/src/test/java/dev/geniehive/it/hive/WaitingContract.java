package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Knobs;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A model that is being loaded is waited for. */
@Timeout(40)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WaitingContract {
    final Engines engines = Engines.serving("fake-model", 2);
    final FakeEngine first = engines.get(1);
    final FakeEngine second = engines.get(2);
    final Knobs loading =
            engines.good().with("status", 503).with("body", "{\"error\":{\"message\":\"Loading model\",\"code\":503}}");
    final Place hive;

    WaitingContract(Form form, Path folder) {
        hive = form.start(folder, "routing: { first-byte-timeout: 30s }\n", Engines.services("", engines));
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
    }

    @Test
    void forWhoeverIsReadyFirst() throws Exception {
        engines.all().forEach(engine -> engine.turn(loading));
        int before = Engines.asked(second).size();
        try (RawClient client = RawClient.connect(hive.port())) {
            client.post(Outcome.CHAT, Outcome.chat("fake-model", false));
            Eventually.see(10, () -> Engines.asked(second).size(), asked -> asked > before);
            first.turn(engines.good());

            Outcome outcome = Outcome.read(client);

            assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
            assertThat(outcome.header("x-geniehive-service")).isEqualTo(hive.service(1));
        }
    }

    @Test
    void whenTheEngineAsAWholeIsNotReady() throws Exception {
        engines.all().forEach(engine -> engine.turn("loading", true));
        Eventually.see(
                10,
                () -> Outcome.get(hive.port(), "/v1/cluster/services"),
                services -> !services.contains("\"healthy\""));
        try (RawClient client = RawClient.connect(hive.port())) {
            client.post(Outcome.CHAT, Outcome.chat("fake-model", true));
            int probes = second.seen().size();
            second.await(probe -> probe.id() > probes);
            second.turn(engines.good());

            Outcome outcome = Outcome.read(client);

            assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
            assertThat(outcome.header("x-geniehive-service")).isEqualTo(hive.service(2));
        }
    }
}
