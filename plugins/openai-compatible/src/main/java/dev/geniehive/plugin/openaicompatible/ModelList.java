package dev.geniehive.plugin.openaicompatible;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads {@code {"object":"list","data":[…]}}, and where engines put the length of the context in it. */
final class ModelList {
    private static final List<String> CONTEXT = List.of("max_model_len", "context_length", "context_window");

    private ModelList() {}

    static boolean isList(Json json) {
        return json.get("data") instanceof Json.Arr data
                && data.values().stream()
                        .allMatch(model -> Probe.name(model.get("id")).isPresent());
    }

    /** {@return whether the list is GenieHive's own: then it would be asked for what it asks others} */
    static boolean isHive(Json json) {
        return json.get("data").items().stream().anyMatch(model -> model.get("geniehive") instanceof Json.Obj);
    }

    static List<Asset> assets(Json json) {
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Json model : json.get("data").items()) {
            Probe.name(model.get("id"))
                    .filter(id -> !isElsewhere(id, model))
                    .ifPresent(id -> assets.putIfAbsent(id, asset(id, model)));
        }
        return List.copyOf(assets.values());
    }

    /** {@return whether it runs in somebody's cloud, in the words of those who list such: Ollama and Lemonade} */
    private static boolean isElsewhere(String id, Json model) {
        return id.endsWith(":cloud")
                || id.endsWith("-cloud")
                || model.get("recipe").equals(Json.of("cloud"));
    }

    private static Asset asset(String id, Json model) {
        return Asset.loaded(id)
                .context(context(model))
                .sized(model.get("meta").get("size").asLong().orElse(0), parameters(model));
    }

    private static long parameters(Json model) {
        return model.get("meta").get("n_params").asLong().orElse(0);
    }

    private static long context(Json model) {
        for (String name : CONTEXT) {
            OptionalLong tokens = model.get(name).asLong();
            if (tokens.isPresent()) {
                return tokens.getAsLong();
            }
        }
        return model.get("meta").get("n_ctx").asLong().orElse(0);
    }
}
