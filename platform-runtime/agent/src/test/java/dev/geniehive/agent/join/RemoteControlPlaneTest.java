package dev.geniehive.agent.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.agent.join.HeldServer.Answer;
import dev.geniehive.agent.join.HeldServer.Asked;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.kernel.config.Secret;
import dev.geniehive.kernel.upstream.Upstreams;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Registration;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class RemoteControlPlaneTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(15);
    private static final Registration INTRODUCTION = new Registration(
            Optional.empty(), "box", "", "0.1", Map.of("zone", "attic"), new Platform("Linux 6", "amd64", 4, 1 << 30));

    @TempDir
    private Path home;

    private final Upstreams upstreams = Upstreams.overSockets();
    private HeldServer server;

    @BeforeEach
    void serve() throws Exception {
        server = new HeldServer(asked -> admitting("box", "k3y"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        upstreams.close();
    }

    @Test
    void exchangesItsTokenForAKeyAndRemembersThat() throws Exception {
        try (RemoteControlPlane control = control(new Secret("t0ken"))) {
            Assignment told = control.register(INTRODUCTION);

            assertThat(told.nodeId()).isEqualTo("box");
            Asked asked = server.asked().take();
            assertThat(asked.path()).isEqualTo("POST /v1/nodes/register");
            assertThat(asked.bearer()).isEqualTo("t0ken");
            assertThat(asked.body().get("name").asString()).contains("box");
            Identity kept = Identities.read(home).find(server.url()).orElseThrow();
            assertThat(kept.nodeKey().map(Secret::reveal)).contains("k3y");
            assertThat(kept.nodeId()).contains("box");
            assertThat(asked.body().get("nonce").asString()).contains(kept.nonce());
        }
    }

    @Test
    void hasItsNonceWrittenDownWhenItFirstSpeaks() throws Exception {
        server.answers(asked -> Identities.read(home)
                        .find(server.url())
                        .filter(known -> asked.body().get("nonce").asString().equals(Optional.of(known.nonce())))
                        .isPresent()
                ? admitting("box", "k3y")
                : Answer.error(500, "the nonce is not on the disk"));

        try (RemoteControlPlane control = control(new Secret("t0ken"))) {
            assertThat(control.register(INTRODUCTION).nodeId()).isEqualTo("box");
        }
    }

    @Test
    void comesBackWithItsKeyUnderItsId() throws Exception {
        member("box-2", "k3y");
        server.answers(asked -> new Answer(200, withoutKey("box-2")));

        try (RemoteControlPlane control = control(new Secret("t0ken"))) {
            control.register(INTRODUCTION);

            Asked asked = server.asked().take();
            assertThat(asked.bearer()).isEqualTo("k3y");
            assertThat(asked.body().get("node_id").asString()).contains("box-2");
            assertThat(control.key().map(Secret::reveal)).contains("k3y");
        }
    }

    @Test
    void usesItsTokenWhenItsKeyIsNoLongerTaken() throws Exception {
        member("box-2", "old");
        server.answers(
                asked -> asked.bearer().equals("old") ? Answer.error(401, "no such key") : admitting("box-2", "new"));

        try (RemoteControlPlane control = control(new Secret("t0ken"))) {
            control.register(INTRODUCTION);

            server.asked().take();
            Asked asked = server.asked().take();
            assertThat(asked.bearer()).isEqualTo("t0ken");
            assertThat(asked.body().get("node_id").asString()).contains("box-2");
            assertThat(control.key().map(Secret::reveal)).contains("new");
        }
    }

    @Test
    void saysThatItWasRemovedWhereItHasNoTokenAndKeepsItsKey() throws Exception {
        member("box", "old");
        server.answers(asked -> Answer.error(401, "no such key"));

        try (RemoteControlPlane control = control()) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessageStartingWith(
                            "This machine was removed from %s; invite it again with geniehive node invite there"
                                    .formatted(server.url()))
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNAUTHORIZED));
            assertThat(control.key()).isPresent();
        }
    }

    @Test
    void saysWhatToDoWhenItsTokenIsNotTaken() throws Exception {
        server.answers(asked -> Answer.error(401, "The token has expired."));

        try (RemoteControlPlane control = control(new Secret("t0ken"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessageContaining("The token has expired.")
                    .withMessageContaining("geniehive node invite")
                    .withMessageNotContaining("t0ken")
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNAUTHORIZED));
        }
    }

    @Test
    void asksNobodyWithoutKeyAndToken() {
        try (RemoteControlPlane control = control()) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessageContaining("has no token for it");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void sendsHeartbeatsWithItsKey() throws Exception {
        member("box", "k3y");
        HeartbeatAnswer answer = new HeartbeatAnswer(Duration.ofSeconds(2), true, List.of(), List.of("d1"));
        server.answers(asked -> new Answer(200, ProtocolJson.of(answer).toString()));

        try (RemoteControlPlane control = control()) {
            assertThat(control.heartbeat(Heartbeat.full("box", 3, List.of()))).isEqualTo(answer);

            Asked asked = server.asked().take();
            assertThat(asked.path()).isEqualTo("POST /v1/nodes/heartbeat");
            assertThat(asked.bearer()).isEqualTo("k3y");
            assertThat(asked.body().get("generation").asLong()).hasValue(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"404, NOT_FOUND", "503, UNAVAILABLE", "409, CONFLICT", "418, INVALID_REQUEST", "599, UPSTREAM_FAILED"})
    void repeatsTheWordsAndKindOfARefusal(int status, ErrorKind kind) {
        member("box", "k3y");
        server.answers(asked -> Answer.error(status, "Its own words."));

        try (RemoteControlPlane control = control()) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.heartbeat(Heartbeat.full("box", 1, List.of())))
                    .withMessage("Its own words.")
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind))
                    .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("c"));
        }
    }

    @ParameterizedTest
    @CsvSource({"200, <html>hello</html>", "200, {}", "302, ''"})
    void doesNotTakeAnybodyForAControlPlane(int status, String text) {
        server.answers(asked -> new Answer(status, text));

        try (RemoteControlPlane control = control(new Secret("t0ken"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessageContaining(server.url().toString());
            assertThat(control.key()).isEmpty();
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        URI nobody;
        try (ServerSocket gone = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
        }

        try (RemoteControlPlane control = control(nobody, PATIENCE, new Secret("t0ken"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessageStartingWith("%s cannot be reached: ".formatted(nobody))
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
        }
    }

    @Test
    void doesNotWaitForEverForAnAnswer() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.answers(asked -> admittingAfter(over));

        try (RemoteControlPlane control = control(new Secret("t0ken"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .satisfies(slow -> assertThat(slow.kind()).isEqualTo(ErrorKind.TIMED_OUT));
        } finally {
            over.countDown();
        }
    }

    @Test
    void knowsTheReasonWhyNobodyIsThere() {
        try (RemoteControlPlane control =
                control(URI.create("http://nobody.invalid:1"), LONG_PATIENCE, new Secret("t0ken"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessage("http://nobody.invalid:1 cannot be reached: its host name is not known.")
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
        }
    }

    @Test
    void doesNotWaitForEverForTheEndOfAnAnswer() throws Exception {
        server.drips();

        try (RemoteControlPlane control = control(new Secret("t0ken"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessageStartingWith("%s cannot be reached: no answer within".formatted(server.url()))
                    .satisfies(slow -> assertThat(slow.kind()).isEqualTo(ErrorKind.TIMED_OUT));
            server.hungUpOn().await();
        }
    }

    @Test
    void takesNoAnswerWithoutAnEnd() {
        server.answers(asked -> new Answer(200, "[" + " ".repeat(5 * 1024 * 1024) + "]"));

        try (RemoteControlPlane control = control(server.url(), LONG_PATIENCE, new Secret("t0ken"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessageContaining("does not answer like a GenieHive control plane");
        }
    }

    @Test
    void keepsItsConnectionAndNoticesThatTheControlPlaneStartedAnew() throws Exception {
        member("box", "k3y");
        server.keepsConnections();
        server.answers(asked -> taken());

        try (RemoteControlPlane control = control(server.url(), LONG_PATIENCE)) {
            control.heartbeat(Heartbeat.full("box", 1, List.of()));
            control.heartbeat(Heartbeat.full("box", 2, List.of()));
            assertThat(server.connections()).isEqualTo(1);

            server.hangUp();
            control.heartbeat(Heartbeat.full("box", 3, List.of()));

            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.asked()).hasSize(3);
        }
    }

    @Test
    void repeatsAHeartbeatThatDiedOnAKeptConnection() throws Exception {
        member("box", "k3y");
        server.keepsConnections();
        AtomicInteger questions = new AtomicInteger();
        server.answers(asked -> {
            if (questions.incrementAndGet() == 2) {
                server.hangUp();
            }
            return taken();
        });

        try (RemoteControlPlane control = control(server.url(), LONG_PATIENCE)) {
            control.heartbeat(Heartbeat.full("box", 1, List.of()));
            control.heartbeat(Heartbeat.full("box", 2, List.of()));

            assertThat(server.asked())
                    .extracting(asked -> asked.body().get("generation").asLong().orElseThrow())
                    .containsExactly(1L, 2L, 2L);
        }
    }

    @Test
    void saysThatTheAgentIsStoppingWhenItIsClosedMeanwhile() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        RemoteControlPlane control = control(server.url(), LONG_PATIENCE, new Secret("t0ken"));
        server.answers(asked -> {
            control.close();
            return admittingAfter(over);
        });

        try {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessage("%s cannot be reached: the agent is stopping.".formatted(server.url()))
                    .satisfies(stopping -> assertThat(stopping.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
        } finally {
            over.countDown();
        }
    }

    @Test
    void givesUpWhenItsThreadIsInterrupted() throws Exception {
        Thread asking = Thread.currentThread();
        CountDownLatch over = new CountDownLatch(1);
        server.answers(asked -> {
            asking.interrupt();
            return admittingAfter(over);
        });

        try (RemoteControlPlane control = control(server.url(), LONG_PATIENCE, new Secret("t0ken"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> control.register(INTRODUCTION))
                    .withMessage("%s cannot be reached: the agent is stopping.".formatted(server.url()))
                    .satisfies(stopping -> assertThat(stopping.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            over.countDown();
        }
    }

    private RemoteControlPlane control(Secret... token) {
        return control(server.url(), PATIENCE, token);
    }

    private RemoteControlPlane control(URI url, Duration patience, Secret... token) {
        return new RemoteControlPlane(
                upstreams, url, Identities.read(home), Stream.of(token).findFirst(), patience);
    }

    private static Answer taken() {
        HeartbeatAnswer answer = new HeartbeatAnswer(Duration.ofSeconds(2), false, List.of(), List.of());
        return new Answer(200, ProtocolJson.of(answer).toString());
    }

    private void member(String id, String key) {
        Identities identities = Identities.read(home);
        identities.keep(identities.of(server.url()).as(id, new Secret(key)));
    }

    private static Answer admittingAfter(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return admitting("box", "k3y");
    }

    private static Answer admitting(String id, String key) {
        return new Answer(200, ProtocolJson.of(assignment(id, Optional.of(key))).toString());
    }

    private static String withoutKey(String id) {
        return ProtocolJson.of(assignment(id, Optional.empty())).toString();
    }

    private static Assignment assignment(String id, Optional<String> key) {
        return new Assignment(id, key, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), "0.1");
    }
}
