package dev.geniehive.it.engine;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an engine tells about itself: the paths and shapes by which it is recognised and watched. */
final class Introspection {
    private static final String DETAILS =
            "{\"parent_model\":\"\",\"format\":\"gguf\",\"family\":\"llama\",\"families\":[\"llama\"],\"parameter_size\":\"8.0B\",\"quantization_level\":\"Q4_K_M\"}";

    private final Flavor flavor;
    private final Knobs knobs;
    private final int busy;

    Introspection(Flavor flavor, Knobs knobs, int busy) {
        this.flavor = flavor;
        this.knobs = knobs;
        this.busy = busy;
    }

    /** {@return what a look at a path gets} */
    Answer look(HttpRequest request) {
        return lets(request)
                ? answer(request).orElseGet(() -> missing(request))
                : Answer.error(flavor, 401, "Invalid API Key", "authentication_error");
    }

    /** {@return whether a request has the key, or needs none} */
    boolean lets(HttpRequest request) {
        String key = knobs.text("key");
        return key.isEmpty()
                || flavor.leavesOpen(request.path())
                || request.header("authorization")
                        .filter(("Bearer " + key)::equals)
                        .isPresent();
    }

    /** {@return the answer, empty if this engine has no such path} */
    private Optional<Answer> answer(HttpRequest request) {
        if (flavor.lists()
                && request.path().equals("/v1/models")
                && request.method().equals("GET")) {
            return Optional.of(Answer.json(models()));
        }
        return Optional.ofNullable(
                switch (flavor) {
                    case LLAMACPP -> llamaCpp(request);
                    case OLLAMA -> ollama(request);
                    case VLLM -> vllm(request);
                    case WHISPERCPP -> request.path().equals("/health") ? Answer.json("{\"status\":\"ok\"}") : null;
                    default -> new Portraits(flavor, knobs, running(), waiting()).answer(request.path());
                });
    }

    private Answer missing(HttpRequest request) {
        return switch (flavor) {
            case LLAMACPP, LLAMAFILE -> Answer.error(flavor, 404, "File Not Found", "not_found_error");
            case OLLAMA, MLX -> new Answer(404, "text/plain", "404 page not found");
            case VLLM, SGLANG, SPEACHES, TABBYAPI, INFINITY ->
                new Answer(404, "application/json", "{\"detail\":\"Not Found\"}");
            case WHISPERCPP ->
                Answer.text("File Not Found (%s)".formatted(request.path())).with(404);
            case TEI -> new Answer(404, "text/plain", "");
            case LMSTUDIO ->
                Answer.json("{\"error\":\"Unexpected endpoint or method. (GET %s)\"}".formatted(request.path()));
            case OPENAI, LOCALAI, LEMONADE, KOBOLDCPP ->
                Answer.error(flavor, 404, "Unknown request URL: " + request.path(), "invalid_request_error");
        };
    }

    private String models() {
        return "{\"object\":\"list\",\"data\":[%s]}"
                .formatted(each(
                        listed(),
                        id -> "{\"id\":%s,\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"%s\"%s}"
                                .formatted(FlatJson.quote(id), flavor.owner(), facts(id))));
    }

    private List<String> listed() {
        Stream<String> own =
                knobs.names("models").stream().map(name -> flavor == Flavor.KOBOLDCPP ? "koboldcpp/" + name : name);
        return Stream.concat(own, knobs.names("cloud").stream()).toList();
    }

    private String facts(String id) {
        return switch (flavor) {
            case LLAMACPP ->
                ",\"aliases\":[],\"tags\":[],\"meta\":{\"vocab_type\":2,\"n_vocab\":128256,\"n_ctx\":%d,\"n_ctx_train\":131072,\"n_embd\":4096,\"n_params\":8030261248,\"size\":4912898304,\"ftype\":%s}"
                        .formatted(knobs.number("context"), FlatJson.quote(knobs.text("ftype")));
            case VLLM, SGLANG ->
                ",\"root\":\"m\",\"parent\":null,\"max_model_len\":%d".formatted(knobs.number("context"));
            case SPEACHES -> ",\"language\":[],\"task\":\"automatic-speech-recognition\"";
            case LEMONADE ->
                knobs.names("cloud").contains(id)
                        ? ",\"recipe\":\"cloud\",\"labels\":[\"tool-calling\"],\"context_length\":1000000"
                        : ",\"checkpoint\":\"org/m-GGUF:Q4_K_M\",\"recipe\":\"llamacpp\",\"downloaded\":true,\"labels\":[]";
            default -> "";
        };
    }

    private @Nullable Answer llamaCpp(HttpRequest request) {
        return switch (request.path()) {
            case "/health", "/v1/health" -> Answer.json("{\"status\":\"ok\"}");
            case "/models" -> Answer.json(models());
            case "/props" ->
                Answer.json(
                        "{\"default_generation_settings\":{\"n_ctx\":%d,\"params\":{}},\"total_slots\":%d,\"model_alias\":%s,\"model_path\":\"/models/fake.gguf\",\"model_ftype\":\"Q4_K - Medium\",\"modalities\":{\"vision\":false,\"audio\":false},\"endpoint_slots\":true,\"endpoint_props\":false,\"endpoint_metrics\":true,\"chat_template\":\"\",\"build_info\":\"b10488-fa4e1e5\",\"is_sleeping\":false}"
                                .formatted(
                                        knobs.number("context"),
                                        knobs.number("slots"),
                                        FlatJson.quote(knobs.names("models").getFirst())));
            case "/slots" -> slots(request);
            case "/metrics" ->
                Answer.text(
                        "llamacpp:requests_processing %d\nllamacpp:requests_deferred %d\nllamacpp:tokens_predicted_total 0\n"
                                .formatted(running(), waiting()));
            default -> null;
        };
    }

    private Answer slots(HttpRequest request) {
        if (request.target().contains("fail_on_no_slot=1") && busy >= knobs.number("slots")) {
            return Answer.error(flavor, 503, "no slot available", "unavailable_error");
        }
        StringBuilder slots = new StringBuilder();
        for (int i = 0; i < knobs.number("slots"); i++) {
            slots.append(i == 0 ? "" : ",")
                    .append("{\"id\":%d,\"id_task\":-1,\"n_ctx\":%d,\"speculative\":false,\"is_processing\":%b}"
                            .formatted(i, knobs.number("context"), i < busy));
        }
        return Answer.json("[" + slots + "]");
    }

    private @Nullable Answer ollama(HttpRequest request) {
        return switch (request.path()) {
            case "/" -> Answer.text("Ollama is running");
            case "/api/version" -> Answer.json("{\"version\":\"0.30.0\"}");
            case "/api/status" -> Answer.json("{\"cloud\":{\"disabled\":true,\"source\":\"env\"}}");
            case "/api/tags" ->
                Answer.json(ollamaModels("models", "\"modified_at\":\"2026-01-01T00:00:00Z\",\"size\":4920753328")
                        .replaceFirst("]}$", inTheCloud() + "]}"));
            case "/api/ps" ->
                Answer.json(ollamaModels(
                        "loaded",
                        "\"size\":6654289920,\"size_vram\":6654289920,\"expires_at\":\"2030-01-01T00:00:00Z\",\"context_length\":"
                                + knobs.number("context")));
            case "/api/show" -> show(request);
            default -> null;
        };
    }

    private Answer show(HttpRequest request) {
        String model = FlatJson.members(request.text()).getOrDefault("model", "");
        if (!knobs.names("models").contains(model)) {
            return new Answer(404, "application/json", "{\"error\":\"model '%s' not found\"}".formatted(model));
        }
        return Answer.json(
                "{\"details\":%s,\"model_info\":{\"general.architecture\":\"llama\",\"general.parameter_count\":8030261248,\"llama.context_length\":131072},\"capabilities\":[\"completion\",\"tools\"],\"modified_at\":\"2026-01-01T00:00:00Z\"}"
                        .formatted(DETAILS));
    }

    private String ollamaModels(String knob, String facts) {
        return "{\"models\":[%s]}"
                .formatted(each(
                        knobs.names(knob),
                        name -> "{\"name\":%s,\"model\":%s,%s,\"digest\":\"%064x\",\"details\":%s}"
                                .formatted(
                                        FlatJson.quote(name),
                                        FlatJson.quote(name),
                                        facts,
                                        name.hashCode() & 0xFFFF,
                                        DETAILS)));
    }

    /** {@return what it lists beside its own models, and would pass on} */
    private String inTheCloud() {
        return knobs.names("cloud").stream()
                .map(name ->
                        ",{\"name\":%s,\"model\":%s,\"remote_model\":\"m\",\"remote_host\":\"https://ollama.com:443\",\"size\":384}"
                                .formatted(FlatJson.quote(name), FlatJson.quote(name)))
                .collect(joining());
    }

    private @Nullable Answer vllm(HttpRequest request) {
        return switch (request.path()) {
            case "/health", "/ping" -> new Answer(200, "text/plain", "");
            case "/version" -> Answer.json("{\"version\":\"0.14.1\"}");
            case "/metrics" ->
                Answer.text(
                        "vllm:num_requests_running{engine=\"0\",model_name=\"m\"} %d.0\nvllm:num_requests_waiting{engine=\"0\",model_name=\"m\"} %d.0\nvllm:kv_cache_usage_perc{engine=\"0\",model_name=\"m\"} 0.25\n"
                                .formatted(running(), waiting()));
            default -> null;
        };
    }

    private int running() {
        return Math.min(busy, knobs.number("slots"));
    }

    private int waiting() {
        return Math.max(0, busy - knobs.number("slots"));
    }

    private static String each(List<String> names, Function<String, String> entry) {
        return names.stream().map(entry).collect(joining(","));
    }
}
