package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngineProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A control plane here, an agent and its engine on a machine of its own, and a cable between them. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoMachinesIT {
    private static final long LOST_AFTER_MS = 2_000;
    private static final String KEY = "Authorization: Bearer " + Hive.ADMIN_KEY;

    private OtherMachine machine;
    private FakeEngineProcess engine;
    private Control control;
    private Node attic;

    @BeforeAll
    void connect(@TempDir Path folder) throws Exception {
        machine = OtherMachine.up();
        Path distribution = Distribution.unpackTo(folder.resolve("unpacked"));
        engine = FakeEngineProcess.startBy(
                machine.command(), "--models", "attic-model", "--tokens", "40", "--token-ms", "50");
        control = Control.start(
                distribution,
                folder.resolve("control"),
                "heartbeat: { interval: 250ms, lost-after: 2s }\n",
                "--host",
                "0.0.0.0");
        String token = control.invite();
        attic = Node.join(
                machine.command(),
                distribution,
                folder.resolve("attic"),
                "http://%s:%d".formatted(machine.here(), control.port()),
                token,
                "attic",
                Node.yaml(
                        "attic",
                        List.of("{ name: e1, url: \"%s\", engine: openai-compatible }".formatted(engine.uri()))));
        attic.awaitUp();
        awaitServed();
    }

    @AfterAll
    void stop() throws Exception {
        Fixture.closeAll(attic, control, engine, machine);
    }

    @Test
    void haveOneAddressAndTheOtherListensToNobody() throws Exception {
        Outcome outcome = ask();

        assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
        assertThat(outcome.header("x-geniehive-service")).isEqualTo("attic/e1");
        assertThat(outcome.text()).contains("tok39 ").endsWith("data: [DONE]\n\n");
        for (int port : List.of(attic.port(), engine.port())) {
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connectTo(port));
        }
    }

    @Test
    void loseEachOtherWithoutAWordAndComeBack() throws Exception {
        try (RawClient stream = begun()) {
            machine.silence();
            long silent = System.nanoTime();
            try {
                assertThat(stream.text()).contains("data: {\"error\":").endsWith("data: [DONE]\n\n");
                assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - silent))
                        .as("until the stream ended, ms")
                        .isLessThan(LOST_AFTER_MS + 4_000);
                Eventually.see(10, this::models, models -> !models.contains("\"attic-model\""));
            } finally {
                machine.heal();
            }
        }
        awaitServed();
        assertThat(ask().status()).isEqualTo(200);
    }

    private RawClient begun() throws IOException {
        RawClient client = RawClient.connect(control.port());
        client.post(Outcome.CHAT, Outcome.chat("attic-model", true), KEY);
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.chunk()).isPresent();
        return client;
    }

    private Outcome ask() throws IOException {
        try (RawClient client = RawClient.connect(control.port())) {
            client.post(Outcome.CHAT, Outcome.chat("attic-model", true), KEY);
            return Outcome.read(client);
        }
    }

    private void awaitServed() throws Exception {
        Eventually.see(30, this::models, models -> models.contains("\"attic-model\""));
    }

    private String models() throws IOException {
        return Outcome.get(control.port(), "/v1/models");
    }

    private void connectTo(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(machine.there(), port), 2_000);
        }
    }
}
