package dev.geniehive.plugin.llamacpp;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what llama.cpp says about its models. */
final class LlamaModel {
    private static final Set<Operation> TEXT = Set.of(Operation.CHAT, Operation.COMPLETION);
    private static final Set<String> ON_DISK = Set.of("downloaded", "unloaded", "loading", "sleeping");

    private LlamaModel() {}

    /** {@return the one model of a server without a router} */
    static List<Asset> single(Json models, Json props) {
        for (Json model : models.get("data").items()) {
            Optional<String> id = Probe.name(model.get("id"));
            if (id.isPresent()) {
                return List.of(described(sleeps(props) ? Asset.installed(id.get()) : Asset.loaded(id.get()), model)
                        .context(context(props))
                        .able(abilities(props)));
            }
        }
        return List.of();
    }

    /** {@return the models that a router has on its disk; those it would have to download are left out} */
    static List<Asset> routed(Json models) {
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Json model : models.get("data").items()) {
            String status = model.get("status").get("value").asString().orElse("");
            Optional<String> id = Probe.name(model.get("id"));
            if (id.isPresent() && (status.equals("loaded") || ON_DISK.contains(status))) {
                Asset asset = status.equals("loaded") ? Asset.loaded(id.get()) : Asset.installed(id.get());
                assets.putIfAbsent(
                        id.get(),
                        described(asset, model)
                                .offering(operations(model))
                                .able(modalities(model))
                                .context(model.get("meta").get("n_ctx").asLong().orElse(0)));
            }
        }
        return List.copyOf(assets.values());
    }

    static boolean sleeps(Json props) {
        return props.get("is_sleeping").asBoolean().orElse(false);
    }

    private static Asset described(Asset asset, Json model) {
        Json meta = model.get("meta");
        return asset.quantized(quantization(meta.get("ftype")))
                .sized(
                        meta.get("size").asLong().orElse(0),
                        meta.get("n_params").asLong().orElse(0));
    }

    /** {@return the tokens that one slot has; they share what the server was given} */
    private static long context(Json props) {
        return props.get("default_generation_settings").get("n_ctx").asLong().orElse(0);
    }

    /** With {@code --embeddings} or {@code --reranking} a server does nothing else. */
    private static Set<Operation> operations(Json model) {
        List<Json> arguments = model.get("status").get("args").items();
        if (arguments.contains(Json.of("--reranking")) || arguments.contains(Json.of("--rerank"))) {
            return Set.of(Operation.RERANK);
        }
        if (arguments.contains(Json.of("--embeddings")) || arguments.contains(Json.of("--embedding"))) {
            return Set.of(Operation.EMBEDDING);
        }
        return TEXT;
    }

    /** Tools and grammars work with every model here; what else it can do, it says. */
    private static Set<Ability> abilities(Json props) {
        if (!(props.get("modalities") instanceof Json.Obj modalities)) {
            return Set.of();
        }
        Set<Ability> abilities = EnumSet.of(Ability.TOOLS, Ability.STRUCTURED_OUTPUT);
        if (modalities.get("vision").equals(Json.of(true))) {
            abilities.add(Ability.IMAGES);
        }
        if (modalities.get("audio").equals(Json.of(true))) {
            abilities.add(Ability.AUDIO);
        }
        String template = props.get("chat_template").asString().orElse("");
        if (template.contains("<think>") || template.contains("reasoning_content")) {
            abilities.add(Ability.REASONING);
        }
        return abilities;
    }

    private static Set<Ability> modalities(Json model) {
        if (!(model.get("architecture").get("input_modalities") instanceof Json.Arr inputs)) {
            return Set.of();
        }
        Set<Ability> abilities = EnumSet.of(Ability.TOOLS, Ability.STRUCTURED_OUTPUT);
        if (inputs.values().contains(Json.of("image"))) {
            abilities.add(Ability.IMAGES);
        }
        if (inputs.values().contains(Json.of("audio"))) {
            abilities.add(Ability.AUDIO);
        }
        return abilities;
    }

    /** {@return the usual spelling of llama.cpp's prose: {@code Q4_K - Medium} is {@code Q4_K_M}} */
    private static String quantization(Json ftype) {
        String prose = Probe.name(ftype)
                .orElse("")
                .replace("(guessed)", "")
                .replaceFirst("^\\s*(all|mostly) ", "")
                .strip();
        int dash = prose.indexOf(" - ");
        if (dash < 0) {
            return prose;
        }
        String size = prose.substring(dash + 3);
        String letter =
                size.equals("Small") || size.equals("Medium") || size.equals("Large") ? "_" + size.charAt(0) : "";
        return prose.substring(0, dash) + letter;
    }
}
