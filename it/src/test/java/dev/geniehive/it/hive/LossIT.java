package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine is lost, or the wire to it, or the control plane: it costs no more than it must, and all comes back by itself. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LossIT {
    private static final long LOST_AFTER_MS = 2_000;
    private static final String HIVE = """
            heartbeat: { interval: 250ms, lost-after: 2s }
            server: { drain-timeout: 2s }
            routing: { first-byte-timeout: 30s }
            """;

    /** Each loss has a model of its own: who failed with one a moment ago is not asked first for it. */
    private final Engines shared = Engines.serving(
            "fake-model," + Stream.of(Loss.values()).map(Loss::model).collect(Collectors.joining(",")), 2);

    private final Engines own = Engines.serving("attic-model", 1);
    private final FakeEngine first = shared.get(1);
    private final Control control;
    private final Wiretap wire;
    private final Node attic;
    private final Node cellar;

    /** How a machine is lost. */
    enum Loss {
        KILLED {
            @Override
            void strike(LossIT it) {
                it.attic.kill();
            }

            @Override
            void undo(LossIT it) {
                it.attic.again();
            }
        },
        STANDS_STILL {
            @Override
            void strike(LossIT it) {
                it.attic.pause();
            }

            @Override
            void undo(LossIT it) {
                it.attic.resume();
            }
        },
        WIRE_IS_SILENT {
            @Override
            void strike(LossIT it) {
                it.wire.silence();
            }

            @Override
            void undo(LossIT it) {
                it.wire.heal();
            }
        },
        WIRE_IS_CUT {
            @Override
            void strike(LossIT it) {
                it.wire.cut();
            }

            @Override
            void undo(LossIT it) {
                it.wire.heal();
            }
        };

        abstract void strike(LossIT it);

        abstract void undo(LossIT it);

        String model() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    LossIT(@TempDir Path folder) throws IOException {
        Path distribution = Distribution.unpackTo(folder.resolve("unpacked"));
        control = Control.start(distribution, folder.resolve("control"), HIVE);
        wire = Wiretap.to(control.port());
        List<String> services = Engines.services("", shared, own);
        attic = Node.join(
                distribution,
                folder.resolve("attic"),
                wire.url(),
                control.invite(),
                "attic",
                Node.yaml("attic", List.of(services.getFirst(), services.getLast())));
        cellar = Node.join(
                distribution,
                folder.resolve("cellar"),
                control.url(),
                control.invite(),
                "cellar",
                Node.yaml("cellar", List.of(services.get(1))));
        attic.awaitUp();
        cellar.awaitUp();
    }

    @AfterAll
    void stop() {
        Fixture.closeAll(attic, cellar, control, wire, shared, own);
    }

    @BeforeEach
    void allIsWell() throws Exception {
        shared.allBehave();
        own.allBehave();
        awaitWell();
    }

    @ParameterizedTest
    @EnumSource
    void costsOnlyWhatHasBegunAndComesBackByItself(Loss loss) throws Exception {
        try (RawClient stream = begun(loss.model(), first)) {
            first.turn(Trouble.SAYS_NOTHING.on(shared.good()));
            int before = first.seen().size();
            Meanwhile<Outcome> waiting = Meanwhile.of(() -> Outcome.of(control.port(), loss.model(), true));
            first.await(seen -> seen.id() > before && Engines.isChat(seen));

            long struck = System.nanoTime();
            loss.strike(this);
            Meanwhile<Long> lost = Meanwhile.of(this::whenLost);

            assertBrokenOff(stream.text());
            assertThat(msSince(struck)).as("until the stream ended, ms").isLessThan(LOST_AFTER_MS + 3_000);
            assertThat(waiting.result().status()).as(waiting.result().text()).isEqualTo(200);
            assertThat(waiting.result().header("x-geniehive-service")).isEqualTo("cellar/e2");
            assertThat(TimeUnit.NANOSECONDS.toMillis(lost.result() - struck))
                    .as("until the host was lost, ms")
                    .isLessThan(LOST_AFTER_MS + 2_000);
            assertDoesWithout(loss.model());
        } finally {
            first.turn(shared.good());
            loss.undo(this);
        }
        awaitWell();
        assertThat(Outcome.of(control.port(), "attic-model", true).header("x-geniehive-host"))
                .isEqualTo("attic");
        Eventually.see(15, this::inFlight, requests -> requests == 0);
    }

    private long whenLost() throws Exception {
        Eventually.see(30, () -> Outcome.get(control.port(), "/v1/cluster/hosts/attic"), LossIT::isLost);
        return System.nanoTime();
    }

    private static boolean isLost(String host) {
        return host.contains("\"status\":\"lost\"");
    }

    private void assertDoesWithout(String model) throws Exception {
        assertThat(Reply.get(control, "/v1/models").text())
                .contains("\"" + model + "\"")
                .doesNotContain("\"attic-model\"");
        assertThat(Outcome.of(control.port(), model, false).header("x-geniehive-service"))
                .isEqualTo("cellar/e2");
        Outcome gone = Outcome.of(control.port(), "attic-model", true);
        assertThat(gone.status()).as(gone.text()).isEqualTo(503);
        assertThat(gone.text()).contains("no_healthy_service", "attic");
        assertThat(Outcome.get(control.port(), "/v1/cluster/health")).contains("\"degraded\"", "attic");
    }

    @Test
    void ofAnEngineCostsItsStreamsAndIsOverWhenItIsThereAgain() throws Exception {
        FakeEngine engine = own.get(1);
        int port = engine.port();
        try (RawClient stream = begun("attic-model", engine)) {
            engine.close();

            assertBrokenOff(stream.text());
            Eventually.see(
                    10, () -> Reply.get(control, "/v1/models").text(), models -> !models.contains("\"attic-model\""));
        }
        try (FakeEngine again = FakeEngine.start(Flavor.OPENAI, own.good(), port)) {
            Outcome outcome = Eventually.see(
                    15, () -> Outcome.of(control.port(), "attic-model", true), answered -> answered.status() == 200);

            assertThat(outcome.text()).contains("tok4").endsWith("data: [DONE]\n\n");
            assertThat(again.seen()).anyMatch(Engines::isChat);
        } finally {
            own.replace(1, FakeEngine.start(Flavor.OPENAI, own.good(), port));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTheControlPlaneEndsEveryStreamAndAgentsComeBackByThemselves(boolean killed) throws Exception {
        List<RawClient> streams = new ArrayList<>();
        try {
            streams.add(begun("fake-model", first));
            streams.add(begun("attic-model", own.get(1)));
            first.turn(Trouble.SAYS_NOTHING.on(shared.good()));
            streams.add(RawClient.connect(control.port()).post(Outcome.CHAT, Outcome.chat("fake-model", true)));
            Eventually.see(10, first::inFlight, requests -> requests >= 2);

            if (killed) {
                control.kill();
            } else {
                control.stop();
            }

            for (RawClient stream : streams.subList(0, 2)) {
                if (killed) {
                    assertEnds(stream);
                } else {
                    assertBrokenOff(stream.text());
                }
            }
            assertEnds(streams.getLast());
            assertThat(attic.process().isAlive() && cellar.process().isAlive()).isTrue();
        } finally {
            Fixture.closeAll(streams.toArray(AutoCloseable[]::new));
            shared.allBehave();
            own.allBehave();
            control.again();
        }
        awaitWell();
        for (String model : List.of("fake-model", "attic-model")) {
            Outcome outcome = Outcome.of(control.port(), model, true);
            assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
        }
        assertThat(Reply.getAsOperator(control, "/v1/cluster/hosts").json().get("data"))
                .hasSize(2);
        Eventually.see(15, this::inFlight, requests -> requests == 0);
    }

    @Test
    void isNotWhatASlowWireIsTakenFor() throws Exception {
        wire.delay(Duration.ofMillis(150));
        try {
            for (int i = 0; i < 4; i++) {
                Outcome outcome = Outcome.of(control.port(), "attic-model", i % 2 == 0);
                assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
                assertThat(outcome.header("x-geniehive-attempts")).isEqualTo("1");
            }
            assertThat(isLost(Outcome.get(control.port(), "/v1/cluster/hosts/attic")))
                    .isFalse();
        } finally {
            wire.heal();
        }
    }

    /** {@return a client whose stream has begun and would go on for long} */
    private RawClient begun(String model, FakeEngine engine) throws IOException {
        Engines group = shared.all().contains(engine) ? shared : own;
        engine.turn(group.good().with("tokens", 100_000).with("token-ms", 50));
        RawClient client = RawClient.connect(control.port());
        client.post(Outcome.CHAT, Outcome.chat(model, true));
        assertThat(client.head().status()).isEqualTo(200);
        Optional<RawClient.Chunk> chunk = client.chunk();
        while (chunk.isPresent() && !chunk.get().text().contains("tok1 ")) {
            chunk = client.chunk();
        }
        assertThat(chunk).isPresent();
        return client;
    }

    private static void assertBrokenOff(String events) {
        List<String> all = List.of(events.split("\n\n"));
        assertThat(all.getLast()).isEqualTo("data: [DONE]");
        assertThat(all.get(all.size() - 2))
                .startsWith("data: {\"error\":{\"message\":\"")
                .contains("\"status\":50");
    }

    /** It ends somehow, but it does end: a read that takes longer than ten seconds is another exception. */
    private static void assertEnds(RawClient stream) throws IOException {
        try {
            assertThat(stream.text()).doesNotContain("\"finish_reason\":\"stop\"");
        } catch (EOFException | SocketException ended) {
            assertThat(ended).hasMessageNotContaining("timed out");
        }
    }

    private int inFlight() {
        return Stream.concat(shared.all().stream(), own.all().stream())
                .mapToInt(engine -> (int) Engines.asked(engine).stream()
                        .filter(seen -> seen.endedMs().isEmpty())
                        .count())
                .sum();
    }

    private void awaitWell() throws Exception {
        Eventually.see(
                30,
                () -> Outcome.get(control.port(), "/v1/cluster/services"),
                services -> Engines.allHealthy(services)
                        && Stream.of("attic/e1", "attic/e3", "cellar/e2").allMatch(services::contains));
        Eventually.see(
                15,
                () -> Outcome.get(control.port(), "/v1/cluster/routes/resolve?model=fake-model"),
                decision -> !decision.contains("resting") && decision.contains("\"service\":\"attic/e1\""));
    }

    private static long msSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
