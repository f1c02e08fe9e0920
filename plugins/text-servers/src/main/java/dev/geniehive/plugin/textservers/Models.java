package dev.geniehive.plugin.textservers;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads lists of models, as servers write them. */
final class Models {
    /** Where OpenAI lists its models, and so do all of these. */
    static final String PATH = "/v1/models";

    /** What a model that writes is asked for. */
    static final Set<Operation> WRITING = Set.of(Operation.CHAT, Operation.COMPLETION);

    private Models() {}

    /** {@return whether it is OpenAI's list of models: each has a name} */
    static boolean isList(Json json) {
        return isList(json.get("data"), "id");
    }

    /** {@return whether it is a list of models, each of which has a name under that word} */
    static boolean isList(Json models, String word) {
        return models instanceof Json.Arr all
                && all.values().stream()
                        .allMatch(model -> Probe.name(model.get(word)).isPresent());
    }

    /** {@return the names in such a list} */
    static Set<String> names(Json json) {
        return json.get("data").items().stream()
                .flatMap(model -> Probe.name(model.get("id")).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return whether such a list has a model of that owner} */
    static boolean hasOwner(Json json, String owner) {
        return json.get("data").items().stream()
                .anyMatch(model -> model.get("owned_by").equals(Json.of(owner)));
    }

    /** {@return what is to be had of a list, the first of each name} */
    static List<Asset> assets(List<Json> models, Function<Json, Optional<Asset>> asset) {
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Json model : models) {
            asset.apply(model).ifPresent(found -> assets.putIfAbsent(found.id(), found));
        }
        return List.copyOf(assets.values());
    }
}
