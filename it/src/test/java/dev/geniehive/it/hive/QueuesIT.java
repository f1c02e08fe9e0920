package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import dev.geniehive.it.engine.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who waits, where, and who goes first: on a machine with an engine of one slot and another that is for overflow only,
 * and a second machine that is there for one queue.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuesIT {
    private static final Knobs GOOD = Knobs.defaults().with("keep-alive", false);
    private static final Knobs TWO_MODELS =
            GOOD.with("models", "fake-model,night-model").with("loaded", "fake-model,night-model");
    private static final String QUEUES = """
            access: { require-keys: true }
            queues:
              shared: { max-depth: 4 }
              tight: { max-depth: 1, deadline: 1s }
              spill: { overflow: { allow: true, queue-deadline: 1s } }
            """;

    private final FakeEngine usual = FakeEngine.start(Flavor.OLLAMA, GOOD);
    private final FakeEngine spare = FakeEngine.start(Flavor.OLLAMA, GOOD);
    private final FakeEngine dedicated = FakeEngine.start(Flavor.OLLAMA, TWO_MODELS);
    private final Hive control;
    private final Node gandalf;
    private final Map<String, String> keys = new HashMap<>();

    QueuesIT(@TempDir Path folder) throws Exception {
        Path distribution = Distribution.unpackTo(folder.resolve("unpacked"));
        control = Hive.up(
                distribution,
                folder.resolve("control"),
                QUEUES
                        + Node.yaml(
                                "box", List.of(service("usual", usual, "lan"), service("spare", spare, "overflow"))));
        gandalf = Node.join(
                distribution,
                folder.resolve("gandalf"),
                control.url(),
                invited(),
                "gandalf",
                Node.yaml("gandalf", List.of(service("dedicated", dedicated, "lan"))) + "  queues: [review]\n");
        gandalf.awaitUp();
        Eventually.see(
                30,
                () -> Outcome.get(control.port(), "/v1/cluster/services"),
                services -> Engines.allHealthy(services)
                        && services.contains("gandalf/dedicated")
                        && services.contains("box/usual"));
        for (String free : List.of("alice", "bob")) {
            keys.put(free, made(free, "[]"));
        }
        for (String queue : List.of("tight", "spill")) {
            keys.put(queue, made(queue, "[\"%s\"]".formatted(queue)));
        }
        keys.put(
                "review",
                control.asOperator()
                        .run("keys", "create", "review", "--queue", "review", "--url", control.url())
                        .out()
                        .strip());
    }

    private String invited() throws IOException {
        try (RawClient client = RawClient.connect(control.port())) {
            return Control.invite(client);
        }
    }

    private static String service(String name, FakeEngine engine, String exposure) {
        return "{ name: %s, url: \"%s\", engine: ollama, max-concurrent: 1, exposure: %s }"
                .formatted(name, engine.uri(), exposure);
    }

    @AfterAll
    void stop() {
        gandalf.close();
        control.close();
        List.of(usual, spare, dedicated).forEach(FakeEngine::close);
    }

    @BeforeEach
    void allIsWell() throws Exception {
        List.of(usual, spare).forEach(engine -> engine.turn(GOOD));
        dedicated.turn(TWO_MODELS);
        Eventually.see(10, () -> usual.inFlight() + spare.inFlight() + dedicated.inFlight(), busy -> busy == 0);
    }

    @Test
    void keysTakeTurns() throws Exception {
        List<String> order = orderOf(
                () -> asked("alice", "A1"),
                () -> asked("alice", "A2"),
                () -> asked("alice", "A3"),
                () -> asked("bob", "B1"));

        assertThat(order).containsExactly("A1", "B1", "A2", "A3");
    }

    @Test
    void whoSitsAndWaitsGoesFirst() throws Exception {
        List<String> order =
                orderOf(() -> asked("alice", "batch", "X-GenieHive-Priority: batch"), () -> asked("alice", "person"));

        assertThat(order).containsExactly("person", "batch");
        assertThat(ask("alice", "anybody", "X-GenieHive-Priority: urgent").status())
                .isEqualTo(400);
    }

    @Test
    void aQueueTakesSoManyForSoLong() throws Exception {
        try (RawClient holder = hold()) {
            long from = System.nanoTime();
            CompletableFuture<Reply> waits = asked("tight", "first");
            awaitDepth("tight", 1);

            Reply second = ask("tight", "second");

            second.refused(429, "rate_limit_error", "queue_full");
            assertThat(second.header("retry-after").orElse("")).matches("[1-9][0-9]{0,2}");
            Reply first = waits.get(10, TimeUnit.SECONDS);
            first.refused(429, "rate_limit_error", "queue_full");
            assertThat(first.header("retry-after").orElse("")).matches("[1-9][0-9]{0,2}");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from)).isBetween(1_000L, 5_000L);
            assertThat(queue("tight").get("refused").asInt()).isEqualTo(1);
            assertThat(queue("tight").get("expired").asInt()).isEqualTo(1);
            assertThat(holder).isNotNull();
        }
        assertThat(asked(usual)).doesNotContain("first", "second");
    }

    @Test
    void aMachineThatIsThereForOneQueueServesThatOnly() throws Exception {
        try (RawClient holder = hold()) {
            CompletableFuture<Reply> waits = asked("alice", "shared");
            awaitDepth("shared", 1);

            assertThat(ask("review", "review").header("x-geniehive-service")).contains("gandalf/dedicated");

            assertThat(waits.isDone()).isFalse();
            usual.turn(GOOD);
            holder.close();
            assertThat(waits.get(10, TimeUnit.SECONDS).header("x-geniehive-service"))
                    .contains("box/usual");
        }
        assertThat(asked(dedicated)).contains("review").doesNotContain("shared");
        assertThat(asked(usual)).doesNotContain("review");
        assertThat(queue("review").get("hosts").toString()).isEqualTo("[\"gandalf\"]");
        assertThat(queue("review").get("keys").toString()).isEqualTo("[\"review\"]");
        assertThat(queue("shared").get("hosts").toString()).isEqualTo("[\"box\"]");
    }

    @Test
    void aKeySeesTheModelsThatItsQueueServes() throws Exception {
        assertThat(models("review")).contains("fake-model", "night-model");
        assertThat(models("alice")).contains("fake-model").doesNotContain("night-model");
        assertThat(models("tight")).contains("fake-model").doesNotContain("night-model");
        assertThat(Reply.get(control, "/v1/models/night-model", key("review")).status())
                .isEqualTo(200);
        Reply.get(control, "/v1/models/night-model", key("alice"))
                .refused(404, "invalid_request_error", "model_not_found");
        assertThat(Reply.getAsOperator(control, "/v1/cluster/routes/resolve?model=night-model&queue=review")
                        .status())
                .isEqualTo(200);
        assertThat(Reply.getAsOperator(control, "/v1/cluster/routes/resolve?model=night-model")
                        .status())
                .isEqualTo(503);
    }

    @Test
    void theCommandTellsWhatAKeyOfAQueueWouldGet() throws Exception {
        Command.Ended shared = control.asOperator().run("why", "night-model", "--url", control.url());
        Command.Ended review =
                control.asOperator().run("why", "night-model", "--queue", "review", "--url", control.url());

        assertThat(shared.out()).contains("does not serve the queue 'shared'");
        assertThat(review.exitCode()).as(review.err()).isZero();
        assertThat(review.out()).contains("gandalf/dedicated").doesNotContain("does not serve");
    }

    private List<String> models(String key) throws IOException {
        return Reply.get(control, "/v1/models", key(key)).json().get("data").findValuesAsText("id");
    }

    @Test
    void overflowsWhereThatIsAllowedAndAfterAWaitOnly() throws Exception {
        try (RawClient holder = hold()) {
            CompletableFuture<Reply> stays = asked("alice", "stays");
            awaitDepth("shared", 1);
            long from = System.nanoTime();

            Reply overflowed = ask("spill", "spills");

            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from)).isBetween(1_000L, 5_000L);
            assertThat(overflowed.status()).as(overflowed.text()).isEqualTo(200);
            assertThat(overflowed.header("x-geniehive-service")).contains("box/spare");
            assertThat(overflowed.header("x-geniehive-overflow")).contains("true");
            assertThat(overflowed.header("x-geniehive-route").orElse("")).contains("overflow");
            assertThat(stays.isDone()).isFalse();
            assertThat(holder).isNotNull();
            usual.turn(GOOD);
            holder.close();
            stays.get(10, TimeUnit.SECONDS);
        }
        assertThat(asked(spare)).containsExactly("spills");
        assertThat(queue("spill").get("overflow").get("used").asInt()).isEqualTo(1);
        assertThat(Reply.getAsOperator(control, "/metrics").text())
                .contains("geniehive_overflow_total{gen_ai_request_model=\"fake-model\",queue=\"spill\"} 1.0")
                .contains("geniehive_queue_depth{queue=\"shared\"} 0.0")
                .contains("geniehive_queue_wait_seconds_count{outcome=\"served\",queue=\"spill\"} 1");
        assertThat(Reply.getAsOperator(control, "/v1/cluster/routes/resolve?model=fake-model")
                        .json()
                        .toString())
                .contains("\"dropped_by\":\"exposure\"")
                .contains("\"dropped_by\":\"queue\"");
    }

    @Test
    void theCommandShowsThem() throws Exception {
        Command.Ended table = control.asOperator().run("queues", "--url", control.url());
        Command.Ended keyTable = control.asOperator().run("keys", "--url", control.url());

        assertThat(table.out())
                .containsPattern("(?m)^tight +0 +0 of 1 ")
                .containsPattern("(?m)^review .* gandalf +review");
        assertThat(keyTable.out()).containsPattern("(?m) review +client .* review ");
    }

    /** A request that begins to wait, or not. */
    private interface Begin {
        CompletableFuture<Reply> ask() throws Exception;
    }

    /** {@return the order in which the engine gets requests that came one after the other while it was busy} */
    private List<String> orderOf(Begin... begins) throws Exception {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        int before = asked(usual).size() + 1;
        try (RawClient holder = hold()) {
            for (Begin begin : begins) {
                replies.add(begin.ask());
                awaitDepth("shared", replies.size());
            }
            usual.turn(GOOD.with("first-ms", 50));
            holder.close();
            for (CompletableFuture<Reply> reply : replies) {
                assertThat(reply.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        }
        return asked(usual).subList(before, before + begins.length);
    }

    /** Has the usual engine busy until it is closed. */
    private RawClient hold() throws Exception {
        usual.turn("hang", true);
        int before = usual.seen().size();
        RawClient holder = RawClient.connect(control.port());
        holder.post(Outcome.CHAT, body("holder"), key("alice"));
        usual.await(seen -> seen.id() > before && Engines.isChat(seen));
        return holder;
    }

    private CompletableFuture<Reply> asked(String key, String says, String... headers) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                reply.complete(ask(key, says, headers));
            } catch (IOException broken) {
                reply.completeExceptionally(broken);
            }
        });
        return reply;
    }

    private Reply ask(String key, String says, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(key(key));
        return Reply.post(control, Outcome.CHAT, body(says), all.toArray(new String[0]));
    }

    private static String body(String says) {
        return Outcome.chat("fake-model", false).replace("Hello", "says " + says);
    }

    private String key(String name) {
        return "Authorization: Bearer " + Objects.requireNonNull(keys.get(name));
    }

    private String made(String name, String queues) throws IOException {
        return Reply.post(
                        control,
                        "/v1/cluster/keys",
                        "{\"name\": \"%s\", \"queues\": %s}".formatted(name, queues),
                        "Authorization: Bearer " + Hive.ADMIN_KEY)
                .json()
                .get("key")
                .asText();
    }

    private JsonNode queue(String name) throws IOException {
        for (JsonNode queue :
                Reply.getAsOperator(control, "/v1/cluster/queues").json().get("data")) {
            if (queue.get("name").asText().equals(name)) {
                return queue;
            }
        }
        throw new AssertionError("no queue is called " + name);
    }

    private void awaitDepth(String queue, int depth) throws Exception {
        Eventually.see(10, () -> queue(queue).get("depth").asInt(), seen -> seen == depth);
    }

    /** {@return what an engine has been asked, in order} */
    private static List<String> asked(FakeEngine engine) {
        return engine.seen().stream()
                .filter(Engines::isChat)
                .map(Seen::body)
                .map(body -> new String(body, UTF_8).replaceFirst("(?s).*says ([A-Za-z0-9]+).*", "$1"))
                .toList();
    }
}
