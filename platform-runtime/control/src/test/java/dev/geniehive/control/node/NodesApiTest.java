package dev.geniehive.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.kernel.access.Principal;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.ProtocolJson;
import dev.geniehive.protocol.Registration;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesApiTest {
    @TempDir
    private Path folder = Path.of(".");

    private final Life life = new Life();

    @BeforeEach
    void start() {
        life.start(folder);
    }

    @AfterEach
    void stop() {
        life.stop();
    }

    @Test
    void everyRouteIsForWhomItIs() {
        assertThat(life.api().routes())
                .extracting(route -> route.route().pattern() + " " + route.access())
                .containsExactlyInAnyOrder(
                        "/v1/nodes/register " + Access.JOIN,
                        "/v1/nodes/token " + Access.JOIN,
                        "/v1/nodes/heartbeat " + Access.NODE,
                        "/v1/cluster/nodes/invite " + Access.OPERATOR);
    }

    @Test
    void letsANodeInByATokenAndKnowsItByItsKey() throws Exception {
        Assignment assignment = join(token(), "attic", "n1");

        assertThat(assignment.nodeId()).isEqualTo("attic");
        assertThat(assignment.controlVersion()).isEqualTo("9.9");
        String key = assignment.nodeKey().orElseThrow();
        assertThat(key).startsWith("gh-node-");
        assertThat(life.principal(key)).isEqualTo(new Principal("node:attic", Principal.Kind.NODE));
        assertThat(beat("node:attic", "attic").get("resend")).isEqualTo(Json.of(false));
        assertThat(life.host("attic").online()).isTrue();
    }

    @Test
    void aNodeAndItsKeyAreThereAfterARestart() throws Exception {
        String key = join(token(), "attic", "n1").nodeKey().orElseThrow();

        life.stop();
        life.start(folder);

        assertThat(life.principal(key).id()).isEqualTo("node:attic");
        HeartbeatOutcome outcome =
                new HeartbeatOutcome(json(call("/v1/nodes/heartbeat", "node:attic", ProtocolJson.of(bare("attic")))));
        assertThat(outcome.resend()).isTrue();
        assertThat(register("node:attic", registration("attic", "n1", Optional.of("attic"))))
                .satisfies(back -> {
                    assertThat(back.nodeId()).isEqualTo("attic");
                    assertThat(back.nodeKey()).isEmpty();
                });
    }

    @Test
    void aTokenIsGoodAfterARestartAndOnlyAsLongAsItSays() {
        String token = life.tokens().create().secret();
        life.stop();
        life.start(folder);
        assertThat(life.principal(token).kind()).isEqualTo(Principal.Kind.JOINING);

        life.after(Duration.ofMinutes(15));

        assertThat(life.tokens().find(KeyHash.of(token))).isEmpty();
    }

    @Test
    void secondNodesOfANameGetANumber() throws Exception {
        assertThat(join(token(), "attic", "n1").nodeId()).isEqualTo("attic");
        assertThat(join(token(), "attic", "n2").nodeId()).isEqualTo("attic-2");
        assertThat(join(token(), "attic", "n3").nodeId()).isEqualTo("attic-3");
    }

    @Test
    void aNodeGetsTheIdItWishesForIfThatIsFree() throws Exception {
        join(token(), "attic", "n1");

        assertThat(register("join:" + token(), registration("cellar", "n2", Optional.of("wine")))
                        .nodeId())
                .isEqualTo("wine");
        assertThat(register("join:" + token(), registration("cellar", "n3", Optional.of("attic")))
                        .nodeId())
                .isEqualTo("cellar");
    }

    @Test
    void aNodeThatLostItsKeyAndIsKnownByItsNonceKeepsItsId() throws Exception {
        String before = join(token(), "attic", "n1").nodeKey().orElseThrow();

        Assignment again = join(token(), "attic", "n1");

        assertThat(again.nodeId()).isEqualTo("attic");
        assertThat(life.principal(again.nodeKey().orElseThrow()).id()).isEqualTo("node:attic");
        assertThat(life.keys().find(KeyHash.of(before))).isEmpty();
    }

    @Test
    void aTokenWhoseAnswerGotLostIsTakenAgainFromTheSameNodeOnly() throws Exception {
        String token = token();
        String lost = join(token, "attic", "n1").nodeKey().orElseThrow();

        Assignment again = join(token, "attic", "n1");

        assertThat(again.nodeId()).isEqualTo("attic");
        assertThat(life.keys().find(KeyHash.of(lost))).isEmpty();
        assertThat(life.principal(again.nodeKey().orElseThrow()).id()).isEqualTo("node:attic");
        refused(ErrorKind.UNAUTHORIZED, () -> join(token, "attic", "n2"));
        refused(ErrorKind.UNAUTHORIZED, () -> join(token, "cellar", "n1"));
        assertThat(life.hive().snapshot().hosts()).containsOnlyKeys("attic");
    }

    @Test
    void letsOneOfTwoThatRaceForATokenIn() throws Exception {
        String token = token();
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Assignment>> joins = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : List.of("attic", "cellar")) {
                joins.add(threads.submit(() -> {
                    together.await();
                    return join(token, name, name);
                }));
            }
        }

        assertThat(joins)
                .filteredOn(join -> join.state() == Future.State.SUCCESS)
                .hasSize(1);
        assertThat(life.hive().snapshot().hosts()).hasSize(1);
    }

    @Test
    void saysWhetherATokenIsGoodWithoutUsingIt() throws Exception {
        String token = token();

        Json good = json(call("/v1/nodes/token", "join:" + token, Json.nothing()));
        assertThat(good.toString())
                .isEqualTo("{\"valid\":true,\"kind\":\"token\",\"expires_at\":\"2026-01-01T12:15:00Z\"}");
        join(token, "attic", "n1");

        refused(ErrorKind.UNAUTHORIZED, () -> call("/v1/nodes/token", "join:" + token, Json.nothing()));
        assertThat(json(call("/v1/nodes/token", "node:attic", Json.nothing())).toString())
                .isEqualTo("{\"valid\":true,\"kind\":\"node\"}");
    }

    @Test
    void aNodeSpeaksForItselfOnly() throws Exception {
        join(token(), "attic", "n1");
        join(token(), "cellar", "n2");

        refused(ErrorKind.FORBIDDEN, () -> beat("node:attic", "cellar"));
    }

    @Test
    void aRemovedNodeIsNobodyAndItsIdIsFree() throws Exception {
        String key = join(token(), "attic", "n1").nodeKey().orElseThrow();

        life.registrar().remove("attic");

        assertThat(life.keys().find(KeyHash.of(key))).isEmpty();
        assertThat(life.hive().snapshot().hosts()).isEmpty();
        refused(ErrorKind.NOT_FOUND, () -> life.registrar().remove("attic"));
        assertThat(join(token(), "attic", "n9").nodeId()).isEqualTo("attic");
        life.stop();
        life.start(folder);
        assertThat(life.keys().find(KeyHash.of(key))).isEmpty();
    }

    @Test
    void theNodeOfThisProcessKeepsItsIdOverRestartsAndIsNotRemoved() {
        Registration here = registration("box", "", Optional.empty());
        assertThat(life.registrar().local(here).nodeId()).isEqualTo("box");
        refused(ErrorKind.CONFLICT, () -> life.registrar().remove("box"));

        life.stop();
        life.start(folder);

        assertThat(life.registrar().local(here).nodeId()).isEqualTo("box");
        assertThat(life.hive().snapshot().hosts()).containsOnlyKeys("box");
    }

    @Test
    void aNodeElsewhereDoesNotGetTheIdOfTheOneHere() throws Exception {
        life.registrar().local(registration("box", "", Optional.empty()));

        assertThat(join(token(), "box", "n1").nodeId()).isEqualTo("box-2");
        assertThat(life.registrar()
                        .local(registration("box", "", Optional.empty()))
                        .nodeId())
                .isEqualTo("box");
    }

    @Test
    void drainingHoldsOverARestartAndARegistration() throws Exception {
        join(token(), "attic", "n1");
        life.registrar().drain("attic", true);
        register("node:attic", registration("attic", "n1", Optional.of("attic")));
        assertThat(life.host("attic").draining()).isTrue();

        life.stop();
        life.start(folder);

        assertThat(life.host("attic").draining()).isTrue();
    }

    @Test
    void whenTheStoreIsAwayHeartbeatsGoOnAndRegistrationsSaySo() throws Exception {
        String token = token();
        join(token(), "attic", "n1");

        life.store().close();

        assertThat(beat("node:attic", "attic").get("resend")).isEqualTo(Json.of(false));
        for (Doing doing : List.<Doing>of(
                () -> join(token, "cellar", "n2"),
                () -> register("node:attic", registration("attic", "n9", Optional.empty())),
                () -> call("/v1/cluster/nodes/invite", "admin", Json.nothing()),
                () -> life.registrar().drain("attic", true))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(doing::run)
                    .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("storage_unavailable"));
        }
        assertThat(life.hive().snapshot().hosts()).containsOnlyKeys("attic");
        assertThat(life.host("attic").draining()).isFalse();
        assertThat(register("node:attic", registration("attic", "n1", Optional.empty()))
                        .nodeId())
                .as("one that says nothing new has nothing to write")
                .isEqualTo("attic");
        assertThat(life.registrar()
                        .local(registration("box", "", Optional.empty()))
                        .nodeId())
                .isEqualTo("box");
    }

    @Test
    void invitesWithALineToPaste() throws Exception {
        Json invitation = json(call("/v1/cluster/nodes/invite", "admin", Json.nothing()));

        String token = invitation.get("token").asString().orElseThrow();
        assertThat(token).matches("gh-join-[A-Za-z0-9_-]{43}");
        assertThat(invitation.get("command"))
                .isEqualTo(Json.of("geniehive agent --join http://control.lan:7833 --token " + token));
        assertThat(invitation.get("expires_at")).isEqualTo(Json.of("2026-01-01T12:15:00Z"));
        assertThat(invitation.get("warning")).isEqualTo(Json.nothing());
        assertThat(life.principal(token).kind()).isEqualTo(Principal.Kind.JOINING);
    }

    @Test
    void invitesToWhereTheOperatorSays() throws Exception {
        Json asked = json(answer(
                "/v1/cluster/nodes/invite",
                new Shown(
                        "admin",
                        Headers.of("content-length", "9"),
                        Map.of(),
                        Json.object().put("url", "https://hive.example/base/"))));

        assertThat(asked.get("url")).isEqualTo(Json.of("https://hive.example/base"));
        refused(
                ErrorKind.INVALID_REQUEST,
                () -> answer(
                        "/v1/cluster/nodes/invite",
                        new Shown("admin", Headers.NONE, Map.of("url", "http://x; rm -rf /"), Json.nothing())));
    }

    @Test
    void refusesAMessageOfALaterProtocol() {
        refused(
                ErrorKind.INVALID_REQUEST,
                () -> call(
                        "/v1/nodes/register",
                        "join:" + token(),
                        ProtocolJson.of(registration("attic", "n1", Optional.empty()))
                                .put("protocol", 2)));
    }

    /** What a heartbeat was answered. */
    private record HeartbeatOutcome(Json json) {
        boolean resend() {
            return ProtocolJson.heartbeatAnswer(json).resend();
        }
    }

    /** Something that may be refused. */
    @FunctionalInterface
    private interface Doing {
        void run() throws Exception;
    }

    private static void refused(ErrorKind kind, Doing doing) {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(doing::run)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    /** {@return the hash of a fresh token, by which its bearer is known} */
    private String token() {
        return KeyHash.of(life.tokens().create().secret()).hex();
    }

    private Assignment join(String token, String name, String nonce) throws Exception {
        return register("join:" + token, registration(name, nonce, Optional.empty()));
    }

    private Assignment register(String principal, Registration registration) throws Exception {
        return ProtocolJson.assignment(json(call("/v1/nodes/register", principal, ProtocolJson.of(registration))));
    }

    private Json beat(String principal, String node) throws Exception {
        return json(call("/v1/nodes/heartbeat", principal, ProtocolJson.of(Heartbeat.full(node, 1, List.of()))));
    }

    private Answer call(String pattern, String principal, Json document) throws Exception {
        return answer(pattern, new Shown(principal, Headers.of("host", "control.lan:7833"), Map.of(), document));
    }

    private Answer answer(String pattern, Shown request) throws Exception {
        return life.api().routes().stream()
                .map(route -> route.route())
                .filter(route -> route.pattern().equals(pattern))
                .findFirst()
                .orElseThrow()
                .handler()
                .handle(request);
    }

    private static Heartbeat bare(String node) {
        return new Heartbeat(node, 1, Optional.empty(), Optional.empty(), List.of());
    }

    private static Registration registration(String name, String nonce, Optional<String> wish) {
        return new Registration(wish, name, nonce, "0", Map.of(), new Platform("Linux", "amd64", 4, 0));
    }

    private static Json json(Answer answer) throws Exception {
        try (InputStream in = ((Answer.Whole) answer).body().open()) {
            return Json.parse(in.readAllBytes());
        }
    }
}
