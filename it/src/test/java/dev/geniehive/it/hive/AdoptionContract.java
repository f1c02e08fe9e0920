package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import dev.geniehive.it.engine.Seen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** There is an engine of every kind, and only their addresses are told, and the keys of some. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdoptionContract {
    /** What engines list that runs elsewhere: in somebody's cloud, or on another device of the same user. */
    private static final List<String> CLOUD = List.of("gpt-oss:120b-cloud", "amd.far-away");

    /** Those that want a key here. Who they are shows by what they leave open. */
    private static final Set<Flavor> CLOSED =
            EnumSet.of(Flavor.SGLANG, Flavor.LMSTUDIO, Flavor.TABBYAPI, Flavor.LEMONADE, Flavor.TEI, Flavor.INFINITY);

    private static final String KEY = "s3cret-of-the-engine";

    private final Map<Flavor, FakeEngine> engines = new EnumMap<>(Flavor.class);
    private final Place hive;

    AdoptionContract(Form form, Path folder) {
        List<String> services = new ArrayList<>();
        for (Flavor flavor : Flavor.values()) {
            FakeEngine engine = FakeEngine.start(flavor, knobs(flavor));
            engines.put(flavor, engine);
            String aliases = flavor == Flavor.MLX ? ", aliases: { mlx-model: default_model }" : "";
            String key = CLOSED.contains(flavor) ? ", api-key: " + KEY : "";
            services.add("{ name: %s, url: \"%s\"%s%s }".formatted(name(flavor), engine.uri(), aliases, key));
        }
        hive = form.start(folder, "", services);
    }

    private static Knobs knobs(Flavor flavor) {
        boolean mixes = flavor == Flavor.OLLAMA || flavor == Flavor.LEMONADE || flavor == Flavor.LMSTUDIO;
        return Knobs.defaults()
                .with("models", name(flavor) + "-model")
                .with("loaded", name(flavor) + "-model")
                .with("cloud", mixes ? String.join(",", CLOUD) : "")
                .with("key", CLOSED.contains(flavor) ? KEY : "");
    }

    private static String name(Flavor flavor) {
        return flavor.name().toLowerCase(Locale.ROOT);
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.values().forEach(FakeEngine::close);
    }

    @Test
    void eachIsToldApartFromAllOthersAndIsWell() throws Exception {
        Map<String, String> expected = new HashMap<>();
        for (Flavor flavor : Flavor.values()) {
            String engine = flavor == Flavor.OPENAI ? "openai-compatible" : name(flavor);
            expected.put(name(flavor), engine + " healthy");
        }

        assertThat(Eventually.see(20, this::services, expected::equals)).hasSizeGreaterThanOrEqualTo(16);
    }

    /** {@return what each service is taken for, and how it feels} */
    private Map<String, String> services() throws Exception {
        Map<String, String> services = new HashMap<>();
        Reply.getAsOperator(hive.front(), "/v1/cluster/services")
                .json()
                .get("data")
                .forEach(service -> services.put(
                        service.get("name").asText(),
                        service.get("engine").asText() + " "
                                + service.get("status").asText()));
        return services;
    }

    static Stream<Flavor> talkers() {
        return Stream.of(Flavor.values())
                .filter(flavor -> !List.of(Flavor.WHISPERCPP, Flavor.SPEACHES, Flavor.TEI, Flavor.INFINITY)
                        .contains(flavor));
    }

    @ParameterizedTest
    @MethodSource("talkers")
    void talks(Flavor flavor) throws Exception {
        String model = (flavor == Flavor.KOBOLDCPP ? "koboldcpp/" : "") + name(flavor) + "-model";

        Reply reply = Reply.post(
                hive.front(),
                "/v1/chat/completions",
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".formatted(model));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.text()).contains("tok0");
        assertThat(reply.header("x-geniehive-service").orElse("")).endsWith("/" + name(flavor));
    }

    @ParameterizedTest
    @EnumSource(names = {"LLAMACPP", "LLAMAFILE", "VLLM", "LOCALAI", "INFINITY"})
    void makesVectors(Flavor flavor) throws Exception {
        Reply reply = Reply.post(
                hive.front(), "/v1/embeddings", "{\"model\":\"%s-model\",\"input\":\"Once\"}".formatted(name(flavor)));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/data/0/embedding/0").asDouble()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @EnumSource(names = {"LLAMACPP", "VLLM", "LOCALAI", "TEI", "INFINITY"})
    void ranks(Flavor flavor) throws Exception {
        Reply reply = Reply.post(
                hive.front(),
                "/v1/rerank",
                "{\"model\":\"%s-model\",\"query\":\"q\",\"documents\":[\"one\",\"three three\"]}"
                        .formatted(name(flavor)));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().at("/results/0/index").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/results/0/relevance_score").asDouble()).isEqualTo(0.11);
    }

    @ParameterizedTest
    @CsvSource({"whisper,whispercpp", "speaches-model,speaches", "localai-model,localai"})
    void hears(String model, String service) throws Exception {
        Reply reply = new Upload().field("model", model).file(1000).post(hive.front(), "/v1/audio/transcriptions");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().get("text").asText()).startsWith("tok0");
        assertThat(reply.header("x-geniehive-service").orElse("")).endsWith("/" + service);
    }

    /** It would load whatever else it is asked for, and refuses bodies whose length it does not know. */
    @Test
    void asksMlxForTheModelItWasStartedWithAndSaysHowLongTheRequestIs() throws Exception {
        FakeEngine mlx = Objects.requireNonNull(engines.get(Flavor.MLX));
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"model\":\"mlx-model\"}";

        Reply.post(hive.front(), "/v1/chat/completions", body);

        Seen seen = mlx.seen().stream()
                .filter(asked -> asked.isFor("/v1/chat/completions"))
                .toList()
                .getLast();
        assertThat(new String(seen.body(), UTF_8)).isEqualTo(body.replace("mlx-model", "default_model"));
        assertThat(seen.header("content-length")).contains(Integer.toString(seen.body().length));
        assertThat(seen.header("transfer-encoding")).isEmpty();
    }

    @Test
    void neverAsksSglangForItsHealthWhichGenerates() {
        FakeEngine sglang = Objects.requireNonNull(engines.get(Flavor.SGLANG));

        assertThat(sglang.seen()).isNotEmpty();
        assertThat(sglang.seen().stream().filter(seen -> seen.isFor("/health")).count())
                .as("only while it was found out who it is, once for all engines")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void listsNothingThatRunsElsewhere() throws Exception {
        JsonNode models = Reply.get(hive.front(), "/v1/models").json().get("data");

        assertThat(models.findValuesAsText("id"))
                .contains("ollama-model", "lemonade-model", "lmstudio-model")
                .doesNotContainAnyElementsOf(CLOUD);
    }

    @ParameterizedTest
    @CsvSource({"gpt-oss:120b-cloud", "amd.far-away"})
    void routesNothingThatRunsElsewhere(String model) throws Exception {
        Reply.post(
                        hive.front(),
                        "/v1/chat/completions",
                        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".formatted(model))
                .refused(404, "invalid_request_error", "model_not_found");
        assertThat(engines.values().stream().flatMap(engine -> engine.seen().stream()))
                .noneMatch(seen -> new String(seen.body(), UTF_8).contains(model));
    }
}
