package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Knobs;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model that is being loaded is waited for. */
@Timeout(40)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitingIT {
    private final Engines engines = Engines.serving("fake-model", 2);
    private final FakeEngine first = engines.get(1);
    private final FakeEngine second = engines.get(2);
    private final Knobs loading =
            engines.good().with("status", 503).with("body", "{\"error\":{\"message\":\"Loading model\",\"code\":503}}");
    private final Hive hive;

    WaitingIT(@TempDir Path folder) {
        hive = Hive.up(
                Distribution.unpackTo(folder.resolve("unpacked")),
                folder,
                "routing: { first-byte-timeout: 30s }\n" + Engines.yaml("", engines));
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
            assertThat(outcome.header("x-geniehive-service")).isEqualTo("box/e1");
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
            assertThat(outcome.header("x-geniehive-service")).isEqualTo("box/e2");
        }
    }

    @Test
    void andSaysSoAfterTenSecondsAndStillFailsOver() throws Exception {
        engines.all().forEach(engine -> engine.turn(loading));
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), hive.port());
                RawClient client = RawClient.over(socket)) {
            socket.setSoTimeout(20_000);
            long asked = System.nanoTime();
            client.post(Outcome.CHAT, Outcome.chat("fake-model", true));

            RawClient.Head head = client.head();
            String line = client.chunk().orElseThrow().text();
            first.turn(Trouble.RESETS_BEFORE_THE_HEAD.on(engines.good()));
            second.turn(engines.good());
            String rest = client.text();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type").orElse("")).startsWith("text/event-stream");
            assertThat(head.nanos() - asked).isBetween(9_500_000_000L, 14_000_000_000L);
            assertThat(line).startsWith(": waiting, loading").endsWith("\n\n");
            assertThat(rest)
                    .containsSubsequence("tok0", "tok4", "data: [DONE]\n\n")
                    .doesNotContain("error");
        }
    }
}
