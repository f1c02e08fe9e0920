package dev.geniehive.plugin.ollama;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what Ollama says about one model in {@code tags}, {@code ps} and {@code show}. */
final class OllamaModel {
    private static final Pattern COUNT = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)([KMBT])");
    private static final Map<String, Double> UNITS = Map.of("K", 1e3, "M", 1e6, "B", 1e9, "T", 1e12);
    private static final Map<String, Ability> ABILITIES = Map.of(
            "tools", Ability.TOOLS, "vision", Ability.IMAGES, "audio", Ability.AUDIO, "thinking", Ability.REASONING);

    private OllamaModel() {}

    /** {@return the models of a list that run on that machine} */
    static List<Json> local(Json list) {
        return list.get("models").items().stream()
                .filter(model -> !isRemote(model))
                .toList();
    }

    private static boolean isRemote(Json model) {
        String name = name(model).orElse("");
        return !model.get("remote_host").asString().orElse("").isEmpty()
                || !model.get("remote_model").asString().orElse("").isEmpty()
                || name.endsWith(":cloud")
                || name.endsWith("-cloud");
    }

    static Optional<String> name(Json model) {
        return Probe.name(model.get("name")).or(() -> Probe.name(model.get("model")));
    }

    /** {@return a model in the list of what is on disk} */
    static Optional<Asset> installed(Json tag) {
        return name(tag).map(id -> described(Asset.installed(id), tag, tag.get("capabilities")));
    }

    /**
     * {@return a model in the list of what runs}
     *
     * @param installed the same model in the list of what is on disk
     * @param shown its details
     */
    static Optional<Asset> loaded(Json running, @Nullable Asset installed, Json shown) {
        return name(running).map(id -> {
            long bytes = installed == null ? 0 : installed.sizeBytes().orElse(0);
            Asset asset = described(Asset.loaded(id), running, shown.get("capabilities"));
            long parameters = shown.get("model_info")
                    .get("general.parameter_count")
                    .asLong()
                    .orElse(asset.parameters().orElse(0));
            return asset.sized(bytes, parameters)
                    .context(running.get("context_length").asLong().orElse(0));
        });
    }

    private static Asset described(Asset asset, Json model, Json capabilities) {
        Json details = model.get("details");
        return asset.quantized(Probe.name(details.get("quantization_level"))
                        .filter(name -> !name.equals("unknown"))
                        .orElse(""))
                .sized(model.get("size").asLong().orElse(0), count(details.get("parameter_size")))
                .offering(operations(capabilities, details))
                .able(abilities(capabilities));
    }

    /** {@return what it offers; where Ollama does not say, only the family of embedding models is sure} */
    private static Set<Operation> operations(Json capabilities, Json details) {
        Set<Operation> offered = EnumSet.noneOf(Operation.class);
        if (has(capabilities, "completion")) {
            offered.addAll(Set.of(Operation.CHAT, Operation.COMPLETION));
        }
        if (has(capabilities, "embedding") || (capabilities.items().isEmpty() && isBert(details))) {
            offered.add(Operation.EMBEDDING);
        }
        return offered;
    }

    private static boolean isBert(Json details) {
        return details.get("family").asString().filter(f -> f.contains("bert")).isPresent();
    }

    /** {@return what it can do; Ollama itself holds the answers of whatever writes text to a schema} */
    private static Set<Ability> abilities(Json capabilities) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        ABILITIES.forEach((name, ability) -> {
            if (has(capabilities, name)) {
                abilities.add(ability);
            }
        });
        if (has(capabilities, "completion")) {
            abilities.add(Ability.STRUCTURED_OUTPUT);
        }
        return abilities;
    }

    private static boolean has(Json capabilities, String name) {
        return capabilities.items().contains(Json.of(name));
    }

    /** {@return a number such as {@code 8.0B}, 0 if it is none} */
    private static long count(Json size) {
        Matcher number = COUNT.matcher(size.asString().orElse(""));
        return number.matches()
                ? Math.round(Double.parseDouble(number.group(1)) * UNITS.getOrDefault(number.group(2), 0.0))
                : 0;
    }
}
