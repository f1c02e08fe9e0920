package dev.geniehive.control.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.control.access.JoinTokens;
import dev.geniehive.control.access.NodeKeys;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.node.Registrar;
import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.protocol.Assignment;
import dev.geniehive.protocol.Directive;
import dev.geniehive.protocol.DirectiveResult;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Registration;
import dev.geniehive.store.Store;
import dev.geniehive.store.StoreSettings;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class HostsApiTest {
    @TempDir
    private Path folder = Path.of(".");

    private final HeldHive held = new HeldHive();
    private final NodeKeys keys = new NodeKeys();
    private @Nullable Store opened;
    private @Nullable HostsApi api;
    private String key = "";

    @BeforeEach
    void joinANode() {
        Store store = Store.open(StoreSettings.of("jdbc:sqlite:" + folder.resolve("geniehive.db")), held::instant);
        opened = store;
        JoinTokens tokens = new JoinTokens(store.tokens(), held::instant, new SecureRandom());
        Registrar registrar = new Registrar(new Registrar.Parts(
                held.hive(), store.nodes(), keys, tokens, held::instant, new SecureRandom(), "9.9"));
        api = new HostsApi(held.hive(), registrar, held.links());
        Assignment assignment = registrar.join(
                KeyHash.of(tokens.create().secret()).hex(),
                new Registration(Optional.empty(), "box", "n1", "0", Map.of(), new Platform("Linux", "amd64", 4, 0)));
        key = assignment.nodeKey().orElseThrow();
        held.serves("box/llama", "qwen");
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void everythingNeedsTheOperatorsKey() {
        assertThat(api().routes())
                .hasSize(5)
                .allSatisfy(route -> assertThat(route.access()).isEqualTo(Access.OPERATOR));
    }

    @Test
    void drainsAndResumes() throws Exception {
        assertThat(post("/v1/cluster/hosts/{id}/drain", "box").get("status")).isEqualTo(Json.of("draining"));
        Json resumed = post("/v1/cluster/hosts/{id}/resume", "box");
        assertThat(resumed.get("status")).isEqualTo(Json.of("online"));
        assertThat(resumed.get("draining")).isEqualTo(Json.of(false));
    }

    @Test
    void removesANodeRevokesItsKeyAndCutsItsLink() throws Exception {
        held.linked("box", 4);
        assertThat(keys.find(KeyHash.of(key))).isPresent();

        post("/v1/cluster/hosts/{id}/remove", "box");

        assertThat(keys.find(KeyHash.of(key))).isEmpty();
        assertThat(held.links().connections("box")).isZero();
        assertThat(held.now().hosts()).isEmpty();
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> post("/v1/cluster/hosts/{id}/remove", "box"))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void showsWhatANodeReportedLast() throws Exception {
        Json inventory = ask("/v1/node/inventory", Map.of(), Map.of("node", "box"));

        assertThat(inventory.get("node")).isEqualTo(Json.of("box"));
        assertThat(inventory.get("services").items().getFirst().get("id")).isEqualTo(Json.of("box/llama"));
        for (Map<String, String> query : List.<Map<String, String>>of(Map.of(), Map.of("node", "moon"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> ask("/v1/node/inventory", Map.of(), query));
        }
    }

    @Test
    void hasANodeLookAgainNow() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Json> refreshed =
                    threads.submit(() -> ask("/v1/node/services/refresh", Map.of(), Map.of("node", "box")));
            List<Directive> directives = List.of();
            while (directives.isEmpty()) {
                directives = held.beat("box").directives();
                Thread.onSpinWait();
            }
            held.hive()
                    .report(new Heartbeat(
                            "box",
                            1,
                            Optional.empty(),
                            Optional.empty(),
                            List.of(new DirectiveResult(directives.getFirst().id(), true, ""))));

            assertThat(refreshed.get().get("refreshed")).isEqualTo(Json.of(true));
            assertThat(held.nudged()).containsExactly("box");
        }
    }

    private HostsApi api() {
        if (api == null) {
            throw new IllegalStateException();
        }
        return api;
    }

    private Json post(String pattern, String id) throws Exception {
        return ask(pattern, Map.of("id", id), Map.of());
    }

    private Json ask(String pattern, Map<String, String> params, Map<String, String> query) throws Exception {
        Answer.Whole answer = (Answer.Whole) api().routes().stream()
                .map(route -> route.route())
                .filter(route -> route.pattern().equals(pattern))
                .findFirst()
                .orElseThrow()
                .handler()
                .handle(new Asked(params, query));
        try (InputStream in = answer.body().open()) {
            return Json.parse(in.readAllBytes());
        }
    }
}
