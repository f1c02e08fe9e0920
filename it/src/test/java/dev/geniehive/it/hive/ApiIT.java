package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes of what can be asked about models and about the hive. */
class ApiIT {
    @TempDir
    private static @Nullable Path folder;

    private static @Nullable FakeEngine first;
    private static @Nullable FakeEngine second;
    private static @Nullable Hive started;

    @BeforeAll
    static void start() {
        Path where = Fixture.present(folder);
        FakeEngine llama = FakeEngine.start(Flavor.LLAMACPP, Knobs.defaults().with("models", "qwen/coder:7b"));
        first = llama;
        FakeEngine vllm = FakeEngine.start(Flavor.VLLM, Knobs.defaults().with("models", "meta/llama-3"));
        second = vllm;
        started = Hive.up(Distribution.unpackTo(where.resolve("dist")), where.resolve("box"), """
                agent:
                  name: box
                  discover: false
                  simulator: never
                  labels: { zone: attic }
                  services:
                    - { name: llama, url: "http://127.0.0.1:%d", engine: llamacpp, priority: 5, cost: 2, aliases: { coder: "qwen/coder:7b" } }
                    - { name: v, url: "http://127.0.0.1:%d/" }
                    - { name: gone, url: "http://127.0.0.1:1", engine: openai-compatible }
                """.formatted(
                        llama.port(), vllm.port()));
    }

    @AfterAll
    static void stop() {
        Fixture.closeAll(started, first, second);
    }

    @Test
    void listsModels() throws Exception {
        JsonNode models = Reply.get(hive(), "/v1/models").json();

        assertThat(models.get("object").asText()).isEqualTo("list");
        assertThat(StreamSupport.stream(models.get("data").spliterator(), false)
                        .map(model -> model.get("id").asText()))
                .containsExactlyInAnyOrder("coder", "qwen/coder:7b", "meta/llama-3");
        for (JsonNode model : models.get("data")) {
            assertThat(model.fieldNames()).toIterable().startsWith("id", "object", "created", "owned_by");
            assertThat(model.get("object").asText()).isEqualTo("model");
            assertThat(model.get("created").isIntegralNumber()).isTrue();
            assertThat(model.get("owned_by").asText()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models/qwen/coder:7b",
                "/v1/models/qwen%2Fcoder%3A7b",
                "/v1/models/qwen%2fcoder:7b",
                "/v1/models/qwen/coder:7b/"
            })
    void tellsAboutOneModelWhoseNameHasASlash(String path) throws Exception {
        Reply reply = Reply.get(hive(), path);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode model = reply.json();
        assertThat(model.get("id").asText()).isEqualTo("qwen/coder:7b");
        assertThat(model.get("context_length").asInt()).isEqualTo(8192);
        assertThat(model.at("/architecture/input_modalities/0").asText()).isEqualTo("text");
        assertThat(model.get("supported_parameters").isArray()).isTrue();
        JsonNode ours = model.get("geniehive");
        assertThat(ours.get("kind").asText()).isEqualTo("asset");
        assertThat(ours.get("operation").asText()).isEqualTo("chat");
        assertThat(ours.get("health").asText()).isEqualTo("healthy");
        assertThat(ours.get("loaded").asBoolean()).isTrue();
        assertThat(ours.get("replicas").asInt()).isEqualTo(1);
        assertThat(ours.at("/hosts/0").asText()).isEqualTo("box");
        assertThat(ours.get("engine").asText()).isEqualTo("llamacpp");
        assertThat(ours.get("quantization").asText()).startsWith("Q4_K");
        assertThat(ours.get("cost").asInt()).isEqualTo(2);
        assertThat(ours.get("free_slots").asInt()).isEqualTo(4);
        assertThat(ours.get("simulated").asBoolean()).isFalse();
    }

    @Test
    void marksAnAliasAsOne() throws Exception {
        assertThat(Reply.get(hive(), "/v1/models/coder")
                        .json()
                        .at("/geniehive/kind")
                        .asText())
                .isEqualTo("alias");
    }

    @Test
    void refusesAModelThatIsNotThere() throws Exception {
        Reply.get(hive(), "/v1/models/no/such").refused(404, "invalid_request_error", "model_not_found");
    }

    @Test
    void tellsAboutTheHost() throws Exception {
        JsonNode host = Reply.getAsOperator(hive(), "/v1/cluster/hosts/box").json();

        assertThat(host.get("id").asText()).isEqualTo("box");
        assertThat(host.get("status").asText()).isEqualTo("online");
        assertThat(Instant.parse(host.get("last_seen").asText()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(host.at("/labels/zone").asText()).isEqualTo("attic");
        assertThat(host.at("/platform/cpus").asInt()).isPositive();
        assertThat(host.at("/platform/memory_bytes").asLong()).isPositive();
        assertThat(host.get("services")).hasSize(3);
        assertThat(Reply.getAsOperator(hive(), "/v1/cluster/hosts").json().get("data"))
                .hasSize(1);
    }

    @Test
    void tellsAboutAService() throws Exception {
        JsonNode service =
                Reply.getAsOperator(hive(), "/v1/cluster/services/box/llama").json();

        assertThat(service.get("id").asText()).isEqualTo("box/llama");
        assertThat(service.get("host").asText()).isEqualTo("box");
        assertThat(service.get("name").asText()).isEqualTo("llama");
        assertThat(service.get("engine").asText()).isEqualTo("llamacpp");
        assertThat(service.get("status").asText()).isEqualTo("healthy");
        assertThat(service.get("since").asText()).endsWith("Z");
        assertThat(service.get("operations").toString()).contains("chat");
        assertThat(service.at("/models/0/id").asText()).isEqualTo("qwen/coder:7b");
        assertThat(service.at("/models/0/context_length").asInt()).isEqualTo(8192);
        assertThat(service.at("/slots/total").asInt()).isEqualTo(4);
        assertThat(service.at("/slots/busy").asInt()).isZero();
        assertThat(service.get("route").asText()).isEqualTo("direct");
        assertThat(service.get("managed").asBoolean()).isFalse();
        assertThat(service.get("simulated").asBoolean()).isFalse();
        assertThat(service.get("priority").asInt()).isEqualTo(5);
        assertThat(service.get("cost").asInt()).isEqualTo(2);
    }

    @Test
    void findsOutWhichEngineAServiceIs() throws Exception {
        assertThat(Reply.getAsOperator(hive(), "/v1/cluster/services/box%2Fv")
                        .json()
                        .get("engine")
                        .asText())
                .isEqualTo("vllm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/cluster/hosts/nobody", "/v1/cluster/services/box/nobody", "/v1/cluster/nothing"})
    void refusesWhatIsNotThere(String path) throws Exception {
        Reply reply = Reply.getAsOperator(hive(), path);

        assertThat(reply.status()).isEqualTo(404);
        reply.error();
    }

    @Test
    void judgesTheHealthInWordsAndFigures() throws Exception {
        JsonNode health = Reply.getAsOperator(hive(), "/v1/cluster/health").json();

        assertThat(health.get("status").asText()).isEqualTo("degraded");
        assertThat(health.get("summary").asText()).contains("2 of 3 services on 1 host can serve");
        assertThat(health.at("/hosts/online").asInt()).isEqualTo(1);
        assertThat(health.at("/services/healthy").asInt()).isEqualTo(2);
        assertThat(health.at("/services/unreachable").asInt()).isEqualTo(1);
        JsonNode problem = health.at("/problems/0");
        assertThat(problem.get("what").asText()).contains("box/gone", "unreachable");
        assertThat(Instant.parse(problem.get("since").asText()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(problem.get("next_step").asText()).isNotBlank();
    }

    @Test
    void listsPlugins() throws Exception {
        JsonNode plugins = Reply.getAsOperator(hive(), "/v1/cluster/plugins").json();

        assertThat(plugins.get("data")).hasSizeGreaterThanOrEqualTo(7).allSatisfy(plugin -> {
            assertThat(plugin.get("id").asText()).startsWith("dev.geniehive.plugin.");
            assertThat(plugin.get("state").asText()).isEqualTo("started");
            assertThat(plugin.get("extensions")).isNotEmpty();
            assertThat(plugin.get("problems")).isEmpty();
        });
    }

    @Test
    void explainsADecision() throws Exception {
        JsonNode decision = Reply.getAsOperator(
                        hive(), "/v1/cluster/routes/resolve?model=coder&operation=chat&stream=true")
                .json();

        assertThat(decision.get("model").asText()).isEqualTo("coder");
        assertThat(decision.get("operation").asText()).isEqualTo("chat");
        assertThat(decision.get("matched_by").asText()).isEqualTo("alias");
        assertThat(decision.at("/selected/service").asText()).isEqualTo("box/llama");
        assertThat(decision.at("/selected/host").asText()).isEqualTo("box");
        assertThat(decision.at("/selected/model").asText()).isEqualTo("qwen/coder:7b");
        JsonNode candidate = decision.at("/candidates/0");
        assertThat(candidate.get("eligible").asBoolean()).isTrue();
        assertThat(candidate.get("rank").asInt()).isEqualTo(1);
        assertThat(candidate.at("/signals/loaded").asBoolean()).isTrue();
        assertThat(candidate.at("/signals/priority").asInt()).isEqualTo(5);
        assertThat(decision.get("reason").asText()).isNotBlank();
    }

    @Test
    void explainsARefusalWithTheStatusThatTheRequestWouldGet() throws Exception {
        Reply unknown = Reply.getAsOperator(hive(), "/v1/cluster/routes/resolve?model=unheard-of");
        Reply small = Reply.getAsOperator(hive(), "/v1/cluster/routes/resolve?model=coder&min_context=100000");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error().get("code").asText()).isEqualTo("model_not_found");
        assertThat(unknown.json().at("/decision/matched_by").asText()).isEqualTo("none");
        assertThat(small.status()).isEqualTo(400);
        assertThat(small.error().get("code").asText()).isEqualTo("context_length_exceeded");
        assertThat(small.json().at("/decision/candidates/0/dropped_by").asText())
                .isEqualTo("context");
        assertThat(small.json().at("/decision/candidates/0/reason").asText()).contains("100000", "8192");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?model=", "?model=x&operation=dance", "?model=x&min_context=many"})
    void refusesAQuestionThatItDoesNotUnderstand(String query) throws Exception {
        Reply reply = Reply.getAsOperator(hive(), "/v1/cluster/routes/resolve" + query);

        assertThat(reply.status()).isEqualTo(400);
        reply.error();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/health"})
    void answersProbesWithoutAKey(String path) throws Exception {
        Reply reply = Reply.raw(hive(), "GET %s HTTP/1.1\r\nHost: probe.example\r\n\r\n".formatted(path));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("status").asText()).isEqualTo("ok");
    }

    @Test
    void givesReasonsToWhomAsksForThem() throws Exception {
        assertThat(Reply.get(hive(), "/readyz?verbose").json().get("reasons")).isEmpty();
    }

    @Test
    void countsWhatItDoesForPrometheus() throws Exception {
        Reply.post(hive(), "/v1/chat/completions", "{\"model\":\"coder\",\"messages\":[]}");
        Reply.post(hive(), "/v1/chat/completions", "{\"model\":\"made-up-by-a-client\",\"messages\":[]}");

        Reply metrics = Reply.get(hive(), "/metrics");

        assertThat(metrics.header("content-type").orElse("")).startsWith("text/plain");
        assertThat(metrics.text())
                .contains("# TYPE gen_ai_server_request_duration_seconds histogram")
                .containsPattern(
                        "gen_ai_server_request_duration_seconds_count\\{.*gen_ai_request_model=\"[^\"]*coder.*} 1")
                .contains("geniehive_plugin_call_duration_seconds")
                .doesNotContain("made-up-by-a-client");
    }

    private static Hive hive() {
        return Fixture.present(started);
    }
}
