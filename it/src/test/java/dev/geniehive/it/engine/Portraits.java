package dev.geniehive.it.engine;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What engines tell about themselves on paths that only one of them has, or that one imitates of another. */
final class Portraits {
    private final Flavor flavor;
    private final Knobs knobs;
    private final int running;
    private final int waiting;

    Portraits(Flavor flavor, Knobs knobs, int running, int waiting) {
        this.flavor = flavor;
        this.knobs = knobs;
        this.running = running;
        this.waiting = waiting;
    }

    /** {@return the answer, null if this engine has no such path} */
    @Nullable
    Answer answer(String path) {
        return switch (flavor) {
            case LLAMAFILE, MLX -> path.equals("/health") ? Answer.json("{\"status\":\"ok\"}") : null;
            case SGLANG -> sglang(path);
            case LMSTUDIO -> lmStudio(path);
            case LOCALAI -> localAi(path);
            case TABBYAPI -> tabbyApi(path);
            case LEMONADE -> lemonade(path);
            case KOBOLDCPP -> koboldCpp(path);
            case SPEACHES -> speaches(path);
            case TEI -> tei(path);
            case INFINITY -> infinity(path);
            default -> null;
        };
    }

    private @Nullable Answer sglang(String path) {
        return switch (path) {
            case "/" -> Answer.json("\"Ollama is running\"");
            case "/api/tags" -> Answer.json("{\"models\":[]}");
            case "/health", "/health_generate" -> new Answer(200, "text/plain", "");
            case "/model_info" -> Answer.json("{\"model_path\":\"m\",\"is_generation\":true}");
            case "/server_info" ->
                Answer.json("{\"version\":\"0.5.3\",\"max_running_requests\":%d}".formatted(knobs.number("slots")));
            case "/v1/loads" ->
                Answer.json("{\"loads\":[{\"num_running_reqs\":%d,\"num_waiting_reqs\":%d,\"token_usage\":0.1}]}"
                        .formatted(running, waiting));
            case "/metrics" ->
                Answer.text(
                        "sglang:num_running_reqs{model_name=\"m\"} %d.0\nsglang:num_queue_reqs{model_name=\"m\"} %d.0\n"
                                .formatted(running, waiting));
            default -> null;
        };
    }

    private @Nullable Answer lmStudio(String path) {
        return switch (path) {
            case "/lmstudio-greeting" -> Answer.json("{\"lmstudio\":true}");
            case "/api/v1/models" -> {
                List<String> models = new ArrayList<>();
                models.add(each(
                        knobs.names("models"),
                        key ->
                                "{\"type\":\"llm\",\"publisher\":\"p\",\"key\":%s,\"quantization\":{\"name\":\"Q4_K_M\",\"bits_per_weight\":4},\"size_bytes\":4912898304,\"params_string\":\"8B\",\"loaded_instances\":[%s],\"max_context_length\":131072,\"format\":\"gguf\"}"
                                        .formatted(FlatJson.quote(key), instance(key))));
                models.add(each(
                        knobs.names("cloud"),
                        key -> "{\"type\":\"llm\",\"key\":%s,\"loaded_instances\":[],\"deviceIdentifier\":\"another\"}"
                                .formatted(FlatJson.quote(key))));
                models.removeIf(String::isEmpty);
                yield Answer.json("{\"models\":[%s]}".formatted(String.join(",", models)));
            }
            default -> null;
        };
    }

    private String instance(String key) {
        return knobs.names("loaded").contains(key)
                ? "{\"id\":%s,\"config\":{\"context_length\":%d,\"parallel\":4}}"
                        .formatted(FlatJson.quote(key), knobs.number("context"))
                : "";
    }

    private @Nullable Answer localAi(String path) {
        return switch (path) {
            case "/" -> Answer.text("Ollama is running");
            case "/api/version" -> Answer.json("{\"version\":\"0.9.0\"}");
            case "/.well-known/localai.json" ->
                Answer.json("{\"version\":\"v3.5.0\",\"endpoints\":{\"models\":\"/v1/models\"},\"capabilities\":{}}");
            case "/healthz", "/readyz" -> Answer.text("OK");
            case "/system" ->
                Answer.json("{\"backends\":[\"llama-cpp\"],\"loaded_models\":[%s]}"
                        .formatted(each(
                                knobs.names("loaded"),
                                id -> "{\"id\":%s,\"backend\":\"llama-cpp\"}".formatted(FlatJson.quote(id)))));
            default -> null;
        };
    }

    private @Nullable Answer tabbyApi(String path) {
        return switch (path) {
            case "/.well-known/serviceinfo" ->
                Answer.json("{\"version\":0.1,\"software\":{\"name\":\"TabbyAPI\"},\"api\":{}}");
            case "/health" -> Answer.json("{\"status\":\"healthy\",\"issues\":[]}");
            case "/v1/model" ->
                Answer.json(
                        "{\"id\":%s,\"object\":\"model\",\"owned_by\":\"tabbyAPI\",\"parameters\":{\"max_seq_len\":%d}}"
                                .formatted(first(), knobs.number("context")));
            case "/props" ->
                Answer.json("{\"total_slots\":8,\"default_generation_settings\":{\"n_ctx\":%d},\"chat_template\":\"\"}"
                        .formatted(knobs.number("context")));
            default -> null;
        };
    }

    private @Nullable Answer lemonade(String path) {
        return switch (path) {
            case "/" -> Answer.text("Ollama is running");
            case "/api/version" -> Answer.json("{\"version\":\"0.9.0\"}");
            case "/api/tags" -> Answer.json("{\"models\":[]}");
            case "/live" -> Answer.json("{\"status\":\"ok\"}");
            case "/v1/health", "/api/v1/health" ->
                Answer.json(
                        "{\"status\":\"ok\",\"version\":\"11.7.0\",\"all_models_loaded\":[%s],\"max_models\":{\"llm\":1}}"
                                .formatted(each(
                                        knobs.names("loaded"),
                                        id ->
                                                "{\"model_name\":%s,\"recipe\":\"llamacpp\",\"type\":\"llm\",\"is_busy\":false,\"recipe_options\":{\"ctx_size\":%d}}"
                                                        .formatted(FlatJson.quote(id), knobs.number("context")))));
            default -> null;
        };
    }

    private @Nullable Answer koboldCpp(String path) {
        return switch (path) {
            case "/" -> Answer.text("Ollama is running");
            case "/api/version" -> Answer.json("{\"version\":\"0.7.0\"}");
            case "/api/tags" -> Answer.json("{\"models\":[]}");
            case "/api/extra/version" ->
                Answer.json("{\"result\":\"KoboldCpp\",\"version\":\"1.115.1\",\"llm\":true,\"vision\":false}");
            case "/api/v1/model" ->
                Answer.json("{\"result\":%s}"
                        .formatted(FlatJson.quote(
                                "koboldcpp/" + knobs.names("models").getFirst())));
            case "/api/extra/true_max_context_length" ->
                Answer.json("{\"value\":%d}".formatted(knobs.number("context")));
            case "/api/extra/perf" ->
                Answer.json("{\"queue\":%d,\"idle\":%d,\"uptime\":60}".formatted(waiting, running == 0 ? 1 : 0));
            case "/props" ->
                Answer.json(
                        "{\"default_generation_settings\":{\"n_ctx\":%d},\"total_slots\":1,\"build_info\":\"1.115.1\"}"
                                .formatted(knobs.number("context")));
            default -> null;
        };
    }

    private @Nullable Answer speaches(String path) {
        return switch (path) {
            case "/health" -> Answer.json("{\"message\":\"OK\"}");
            case "/api/ps" -> Answer.json("{\"models\":[%s]}".formatted(each(knobs.names("loaded"), FlatJson::quote)));
            default -> null;
        };
    }

    private @Nullable Answer tei(String path) {
        return switch (path) {
            case "/", "/health", "/ping" -> new Answer(200, "text/plain", "");
            case "/metrics" -> Answer.text("te_request_count 0\nte_queue_size %d\n".formatted(waiting));
            case "/info" ->
                Answer.json(
                        "{\"model_id\":%s,\"model_sha\":\"fca14538\",\"model_dtype\":\"float16\",\"model_type\":{\"reranker\":{\"id2label\":{\"0\":\"LABEL_0\"}}},\"max_concurrent_requests\":512,\"max_input_length\":%d,\"max_batch_tokens\":16384,\"max_client_batch_size\":32,\"version\":\"1.9.0\"}"
                                .formatted(first(), knobs.number("context")));
            default -> null;
        };
    }

    private @Nullable Answer infinity(String path) {
        return switch (path) {
            case "/health" -> Answer.json("{\"unix\":1760000000.25}");
            case "/models" ->
                Answer.json("{\"object\":\"list\",\"data\":[%s]}"
                        .formatted(each(
                                knobs.names("models"),
                                id ->
                                        "{\"id\":%s,\"stats\":{\"queue_fraction\":0.0,\"queue_absolute\":%d,\"results_pending\":0,\"batch_size\":32},\"object\":\"model\",\"owned_by\":\"infinity\",\"backend\":\"torch\",\"capabilities\":[\"embed\",\"rerank\"]}"
                                                .formatted(FlatJson.quote(id), waiting))));
            default -> null;
        };
    }

    private String first() {
        return FlatJson.quote(knobs.names("models").getFirst());
    }

    private static String each(List<String> names, Function<String, String> entry) {
        return names.stream().map(entry).collect(joining(","));
    }
}
