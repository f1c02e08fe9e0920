package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Knobs;
import dev.geniehive.it.engine.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client hangs up, and its engine, which has one slot, is there for the next within a second. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HangUpContract {
    private final Certificate certificate;
    private final Map<Wire, Busy> places = new EnumMap<>(Wire.class);

    /** How clients are connected. */
    enum Wire {
        PLAIN,
        TLS
    }

    /** How a client goes. */
    enum Farewell {
        FIN,
        RST
    }

    /** What the engine is doing then. */
    enum Phase {
        SILENT(true, Map.of("hang", true)),
        SILENT_WITHOUT_STREAM(false, Map.of("hang", true)),
        SILENT_AFTER_THE_HEAD(true, Map.of("mode", "head-only", "first-ms", 60_000)),
        STREAMING(true, Map.of("tokens", 100_000, "token-ms", 20)),
        PAUSED_IN_THE_STREAM(true, Map.of("silent-after", 2)),
        HALF_WAY_WITHOUT_STREAM(false, Map.of("silent-after", 2));

        private final boolean stream;

        @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
        private final Map<String, ?> knobs;

        Phase(boolean stream, Map<String, ?> knobs) {
            this.stream = stream;
            this.knobs = knobs;
        }
    }

    /** A hive and its engine. */
    private record Busy(Place hive, Engines engines) {}

    HangUpContract(Form form, Path folder, Wire... wires) throws Exception {
        certificate = Certificate.make(folder);
        for (Wire wire : wires) {
            String server = switch (wire) {
                case PLAIN -> "";
                case TLS ->
                    "server: { tls: { certificate: \"%s\", key: \"%s\" } }\n"
                            .formatted(certificate.certificate(), certificate.key());
            };
            places.put(wire, busy(form, Files.createDirectory(folder.resolve(wire.name())), server));
        }
    }

    private static Busy busy(Form form, Path folder, String server) {
        Engines engines = Engines.serving("fake-model", 1);
        return new Busy(
                form.start(
                        folder,
                        server + "routing: { max-queue: 1 }\n",
                        Engines.services(", max-concurrent: 1", engines)),
                engines);
    }

    @AfterAll
    void stop() {
        for (Busy place : places.values()) {
            place.hive().close();
            place.engines().close();
        }
    }

    Stream<Arguments> goodbyes() {
        return places.keySet().stream()
                .flatMap(wire -> Arrays.stream(Farewell.values())
                        .flatMap(farewell ->
                                Arrays.stream(Phase.values()).map(phase -> Arguments.of(wire, farewell, phase))));
    }

    @ParameterizedTest
    @MethodSource("goodbyes")
    void freesTheEngineAndItsSlot(Wire wire, Farewell farewell, Phase phase) throws Exception {
        FakeEngine engine = engine(wire);
        engine.turn(misbehaving(wire, phase));
        int before = engine.seen().size();

        RawClient client = connect(wire);
        client.post(Outcome.CHAT, Outcome.chat("fake-model", phase.stream));
        engine.await(seen -> working(seen, before) && (!phase.knobs.containsKey("token-ms") || seen.tokens() > 2));
        long gone = go(client, farewell);
        engine.await(seen ->
                seen.id() > before && Engines.isChat(seen) && seen.hungUpMs().isPresent());
        long noticed = System.nanoTime() - gone;

        assertThat(TimeUnit.NANOSECONDS.toMillis(noticed)).isLessThan(1_000);
        assertNextIsServed(wire);
    }

    Stream<Arguments> queued() {
        return places.keySet().stream()
                .flatMap(wire -> Stream.of(Farewell.values())
                        .flatMap(farewell ->
                                Stream.of(true, false).map(stream -> Arguments.of(wire, farewell, stream))));
    }

    @ParameterizedTest
    @MethodSource("queued")
    void leavesTheQueueAndIsNeverAskedFor(Wire wire, Farewell farewell, boolean stream) throws Exception {
        FakeEngine engine = engine(wire);
        engine.turn(misbehaving(wire, Phase.SILENT));
        int before = engine.seen().size();
        try (RawClient holder = connect(wire)) {
            holder.post(Outcome.CHAT, Outcome.chat("fake-model", true));
            engine.await(seen -> working(seen, before));

            RawClient waiting = connect(wire);
            waiting.post(Outcome.CHAT, Outcome.chat("fake-model", stream).replace("Hello", "Nobody waits for this"));
            Eventually.see(
                    10,
                    () -> get(wire, "/metrics").text(),
                    metrics -> metrics.contains("geniehive_queue_depth{queue=\"shared\"} 1.0"));
            assertThat(ask(wire).status()).as("the queue has one place").isEqualTo(429);
            go(waiting, farewell);
            CompletableFuture<Outcome> next = Eventually.see(1, () -> beginToAsk(wire), asked -> !asked.isDone());
            engine.turn(place(wire).engines().good());
            holder.close();

            assertThat(next.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        assertThat(Engines.asked(engine)).noneMatch(seen -> new String(seen.body(), UTF_8).contains("Nobody"));
    }

    /** {@return the answer, as soon as there is one; if there is none by now, the request waits in the queue} */
    private CompletableFuture<Outcome> beginToAsk(Wire wire) throws Exception {
        CompletableFuture<Outcome> asked = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                asked.complete(ask(wire));
            } catch (IOException broken) {
                asked.completeExceptionally(broken);
            }
        });
        try {
            asked.get(200, TimeUnit.MILLISECONDS);
        } catch (TimeoutException waits) {
            return asked;
        }
        return asked;
    }

    private Outcome ask(Wire wire) throws IOException {
        try (RawClient client = connect(wire)) {
            client.post(Outcome.CHAT, Outcome.chat("fake-model", true));
            return Outcome.read(client);
        }
    }

    private Outcome get(Wire wire, String path) throws IOException {
        try (RawClient client = connect(wire)) {
            client.get(path);
            return Outcome.read(client);
        }
    }

    private void assertNextIsServed(Wire wire) throws IOException {
        engine(wire).turn(place(wire).engines().good());
        long asked = System.nanoTime();
        Outcome outcome = ask(wire);
        assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(2_000);
    }

    private static boolean working(Seen seen, int before) {
        return seen.id() > before && Engines.isChat(seen) && seen.endedMs().isEmpty();
    }

    private static long go(RawClient client, Farewell farewell) throws IOException {
        long now = System.nanoTime();
        switch (farewell) {
            case FIN -> client.close();
            case RST -> client.reset();
        }
        return now;
    }

    private Knobs misbehaving(Wire wire, Phase phase) {
        Knobs knobs = place(wire).engines().good();
        for (Map.Entry<String, ?> knob : phase.knobs.entrySet()) {
            knobs = knobs.with(knob.getKey(), knob.getValue());
        }
        return knobs;
    }

    private FakeEngine engine(Wire wire) {
        return place(wire).engines().get(1);
    }

    private Busy place(Wire wire) {
        return Objects.requireNonNull(places.get(wire));
    }

    private RawClient connect(Wire wire) throws IOException {
        int port = place(wire).hive().port();
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        return RawClient.over(
                switch (wire) {
                    case PLAIN -> socket;
                    case TLS -> certificate.context().getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
                });
    }
}
