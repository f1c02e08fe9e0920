package dev.geniehive.control.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.control.routing.ById;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.protocol.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterApiTest {
    private final HeldHive held = new HeldHive();
    private final Router router = new Router(RoutingRules.DEFAULTS, new ById(), Set.of("openai"), () -> 0);
    private final ClusterApi api = new ClusterApi(held.hive(), () -> router, List::of);

    @Test
    void everythingNeedsTheOperatorsKey() {
        assertThat(api.routes())
                .isNotEmpty()
                .allSatisfy(route -> assertThat(route.access()).isEqualTo(Access.OPERATOR));
    }

    @Test
    void showsAHost() throws Exception {
        held.serves("box/llama", "qwen");

        Json host = get("/v1/cluster/hosts").get("data").items().getFirst();

        assertThat(get("/v1/cluster/hosts").get("object")).isEqualTo(Json.of("list"));
        assertThat(host.get("id")).isEqualTo(Json.of("box"));
        assertThat(host.get("name")).isEqualTo(Json.of("box"));
        assertThat(host.get("status")).isEqualTo(Json.of("online"));
        assertThat(host.get("last_seen")).isEqualTo(Json.of("2026-01-01T00:00:00Z"));
        assertThat(host.get("labels").toString()).isEqualTo("{\"zone\":\"attic\"}");
        assertThat(host.get("platform").toString())
                .isEqualTo("{\"os\":\"Linux 6\",\"arch\":\"amd64\",\"cpus\":8,\"memory_bytes\":1024}");
        assertThat(host.get("services").items()).hasSize(1);
        assertThat(ask("/v1/cluster/hosts/{id}", Map.of("id", "box"), Map.of()).get("id"))
                .isEqualTo(Json.of("box"));
    }

    @Test
    void showsAService() throws Exception {
        held.has(
                "box/llama",
                HeldHive.having(Asset.loaded("qwen")
                                .context(8192)
                                .quantized("Q4")
                                .sized(10, 7))
                        .load(Optional.of(new Slots(4, 1)), OptionalInt.of(2)),
                new Terms(Map.of("fast", "qwen"), 5, 1, OptionalInt.empty(), "lan"));

        Json service = get("/v1/cluster/services").get("data").items().getFirst();

        assertThat(service.toString()).isEqualTo("""
                        {"id":"box/llama","host":"box","name":"llama","engine":"llamacpp","version":"1.0",\
                        "status":"healthy","since":"2026-01-01T00:00:00Z","reason":"","operations":["chat"],\
                        "models":[{"id":"qwen","loaded":true,"context_length":8192,"quantization":"Q4",\
                        "size_bytes":10,"parameters":7}],"aliases":["fast"],"in_flight":0,\
                        "slots":{"total":4,"busy":1},"queue_depth":2,"route":"direct","managed":false,\
                        "simulated":false,"priority":5,"cost":1,"exposure":"lan","queues":["shared"]}""");
        assertThat(ask("/v1/cluster/services/{id...}", Map.of("id", "box/llama"), Map.of()))
                .isEqualTo(service);
    }

    @Test
    void leavesUnknownNumbersAway() throws Exception {
        held.serves("box/llama", "qwen");

        Json service = get("/v1/cluster/services").get("data").items().getFirst();

        assertThat(service.get("slots")).isEqualTo(Json.nothing());
        assertThat(service.get("queue_depth")).isEqualTo(Json.nothing());
        assertThat(service.get("models").items().getFirst().toString()).isEqualTo("{\"id\":\"qwen\",\"loaded\":true}");
    }

    @Test
    void showsWhatWasSeenOfAModelAndItsService() throws Exception {
        held.serves("box/llama", "qwen", "phi");
        Performance qwen = held.service("box/llama").gauge().performance("qwen");
        qwen.firstToken(Duration.ofMillis(180).toNanos());
        qwen.wrote(101, Duration.ofSeconds(2).toNanos());
        qwen.succeeded();

        Json service = get("/v1/cluster/services").get("data").items().getFirst();

        Json seen = service.get("performance");
        assertThat(seen.get("samples")).isEqualTo(Json.of(1));
        assertThat(seen.get("error_rate")).isEqualTo(Json.of(0));
        assertThat(seen.get("ttft_ms_p50").asDouble().orElseThrow()).isBetween(170.0, 190.0);
        assertThat(seen.get("ttft_ms_p95")).isEqualTo(seen.get("ttft_ms_p50"));
        assertThat(seen.get("tokens_per_second").asDouble().orElseThrow()).isBetween(47.0, 53.0);
        assertThat(seen.get("load_seconds")).isEqualTo(Json.nothing());
        assertThat(service.get("models").items())
                .filteredOn(model -> model.get("id").equals(Json.of("qwen")))
                .extracting(model -> model.get("performance"))
                .containsExactly(seen);
        assertThat(service.get("models").items())
                .filteredOn(model -> model.get("id").equals(Json.of("phi")))
                .extracting(model -> model.get("performance"))
                .containsExactly(Json.nothing());
    }

    @Test
    void showsWhatRankedACandidateAndWhyItIsAskedLast() throws Exception {
        held.serves("box/a", "qwen").serves("box/b", "qwen").away("box", 2.5).sweep();
        Performance a = held.service("box/a").gauge().performance("qwen");
        a.firstToken(Duration.ofMillis(180).toNanos());
        a.chosen();
        for (int i = 0; i < 5; i++) {
            a.failed();
        }

        Json last = ask("/v1/cluster/routes/resolve", Map.of(), Map.of("model", "qwen"))
                .get("candidates")
                .items()
                .get(1);

        assertThat(last.get("service")).isEqualTo(Json.of("box/a"));
        assertThat(last.get("signals").get("ejected")).isEqualTo(Json.of(true));
        assertThat(last.get("signals").get("peak_ttft_ms")).isEqualTo(Json.of(180));
        assertThat(last.get("signals").get("round_trip_ms")).isEqualTo(Json.of(2.5));
        assertThat(last.get("signals").get("last_chosen")).isEqualTo(Json.of(1));
        assertThat(last.get("reason").toString()).contains("asked last, because most of its requests failed");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> ask("/v1/cluster/hosts/{id}", Map.of("id", "moon"), Map.of()))
                .withMessage("No host is called 'moon'. GET /v1/cluster/hosts lists them.")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
    }

    @Test
    void resolvesANameWithAllCandidates() throws Exception {
        held.serves("box/a", "qwen")
                .has(
                        "box/b",
                        HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNHEALTHY, "on fire"),
                        Terms.NONE);

        Json decision = resolve(200, Map.of("model", "qwen"));

        assertThat(decision.toString()).isEqualTo("""
                        {"model":"qwen","operation":"chat","matched_by":"asset","queue":"shared",\
                        "selected":{"service":"box/a","host":"box","model":"qwen"},\
                        "candidates":[{"service":"box/a","model":"qwen","eligible":true,"rank":1,\
                        "signals":{"loaded":true,"health":"healthy","outstanding":0,"priority":0,"cost":0},\
                        "reason":"by id"},\
                        {"service":"box/b","model":"qwen","eligible":false,"dropped_by":"health",\
                        "reason":"is unhealthy: on fire"}],\
                        "reason":"'qwen' is the asset qwen on box/a, loaded; 1 of 2 services that have it may serve it."}""");
    }

    @Test
    void answersAsTheRequestItselfWouldWhenNothingIsSelected() throws Exception {
        Json answer = resolve(404, Map.of("model", "qwen"));

        assertThat(answer.get("error").get("code")).isEqualTo(Json.of("model_not_found"));
        assertThat(answer.get("decision").get("matched_by")).isEqualTo(Json.of("none"));
        assertThat(answer.get("decision").get("selected")).isEqualTo(Json.nothing());
    }

    @Test
    void takesTheContextIntoAccount() throws Exception {
        held.has("box/a", HeldHive.having(Asset.loaded("qwen").context(8192)), Terms.NONE);

        Json answer = resolve(400, Map.of("model", "qwen", "min_context", "16384"));

        assertThat(answer.get("decision").get("candidates").items().getFirst().get("reason"))
                .isEqualTo(Json.of("needs 16384 tokens of context, has 8192: 8192 too few"));
    }

    @Test
    void refusesQuestionsThatMakeNoSense() {
        for (Map<String, String> query : List.<Map<String, String>>of(
                Map.of(),
                Map.of("model", " "),
                Map.of("model", "qwen", "operation", "dance"),
                Map.of("model", "qwen", "min_context", "many"))) {
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> resolve(400, query))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
        }
    }

    @Test
    void theVerdictIsDownWithoutEnginesAndOkWithHealthyOnes() throws Exception {
        Json nothing = get("/v1/cluster/health");
        assertThat(nothing.get("status")).isEqualTo(Json.of("down"));
        assertThat(nothing.get("summary"))
                .isEqualTo(Json.of("No engine is known. Start one, or name it under agent.services."));

        held.serves("box/a", "qwen");
        assertThat(get("/v1/cluster/health").get("status")).isEqualTo(Json.of("ok"));
        assertThat(get("/v1/cluster/health").get("summary"))
                .isEqualTo(Json.of("1 of 1 service on 1 host can serve requests."));
    }

    @Test
    void theVerdictNamesEveryProblemAndTheNextStep() throws Exception {
        held.serves("attic/x", "phi").after(HeldHive.LOST_AFTER.plusSeconds(1));
        held.serves("box/a", "qwen")
                .has("box/b", HeldHive.feeling(HeldHive.serving("qwen"), ServiceHealth.UNHEALTHY, ""), Terms.NONE);
        held.sweep();

        Json health = get("/v1/cluster/health");

        assertThat(health.get("status")).isEqualTo(Json.of("degraded"));
        assertThat(health.get("hosts").toString()).isEqualTo("{\"total\":2,\"online\":1,\"draining\":0,\"lost\":1}");
        assertThat(health.get("services").get("total")).isEqualTo(Json.of(2));
        assertThat(health.get("problems").items())
                .extracting(problem -> problem.get("what").asString().orElse(""))
                .containsExactly("Host attic is lost.", "Service box/b is unhealthy.");
        assertThat(health.get("problems").items()).allSatisfy(problem -> {
            assertThat(problem.get("since").asString()).isPresent();
            assertThat(problem.get("next_step").asString()).isPresent();
        });
    }

    @Test
    void showsWhatALostHostServedAsUnreachable() throws Exception {
        held.serves("box/a", "qwen").after(HeldHive.LOST_AFTER.plusSeconds(1)).sweep();

        Json service = get("/v1/cluster/services").get("data").items().getFirst();

        assertThat(service.get("status")).isEqualTo(Json.of("unreachable"));
        assertThat(service.get("reason")).isEqualTo(Json.of("its host box is lost"));
        assertThat(get("/v1/cluster/hosts").get("data").items().getFirst().get("status"))
                .isEqualTo(Json.of("lost"));
        Json health = get("/v1/cluster/health");
        assertThat(health.get("status")).isEqualTo(Json.of("down"));
        assertThat(health.get("summary")).isEqualTo(Json.of("No host is online; the only one is lost."));
    }

    @Test
    void theVerdictSaysThatManyFellSilentAtOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            held.serves("n" + i + "/a", "qwen");
        }
        held.after(HeldHive.LOST_AFTER.plusSeconds(1)).sweep();

        Json health = get("/v1/cluster/health");

        assertThat(health.get("status")).isEqualTo(Json.of("degraded"));
        assertThat(health.get("problems").items())
                .singleElement()
                .satisfies(problem -> assertThat(problem.get("what").asString().orElse(""))
                        .startsWith("5 hosts fell silent at once"));
    }

    private Json resolve(int status, Map<String, String> query) throws InterruptedException, IOException {
        Answer.Whole answer = answer("/v1/cluster/routes/resolve", Map.of(), query);
        assertThat(answer.status()).isEqualTo(status);
        return json(answer);
    }

    private Json get(String path) throws InterruptedException, IOException {
        return ask(path, Map.of(), Map.of());
    }

    private Json ask(String pattern, Map<String, String> params, Map<String, String> query)
            throws InterruptedException, IOException {
        return json(answer(pattern, params, query));
    }

    private Answer.Whole answer(String pattern, Map<String, String> params, Map<String, String> query)
            throws InterruptedException {
        return (Answer.Whole) api.routes().stream()
                .map(route -> route.route())
                .filter(route -> route.pattern().equals(pattern))
                .findFirst()
                .orElseThrow()
                .handler()
                .handle(new Asked(params, query));
    }

    private static Json json(Answer.Whole answer) throws IOException {
        try (InputStream in = answer.body().open()) {
            return Json.parse(in.readAllBytes());
        }
    }
}
