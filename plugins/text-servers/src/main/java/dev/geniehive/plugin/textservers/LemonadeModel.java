package dev.geniehive.plugin.textservers;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what Lemonade says about one model. The recipe is what runs it. */
final class LemonadeModel {
    private static final List<String> WRITERS = List.of("llamacpp", "flm", "oga", "ryzenai");
    private static final String HEARER = "whispercpp";
    private static final String CLOUD = "cloud";

    /** At the end of a checkpoint, as in {@code unsloth/Qwen3-0.6B-GGUF:Q4_0}. */
    private static final Pattern QUANTIZATION = Pattern.compile(":((?:UD-)?I?Q\\d\\w{0,16}|BF16|F16|F32)$");

    private LemonadeModel() {}

    /**
     * {@return a model that is on its disk and does something that can be asked for}
     *
     * @param loaded what its health says about those that are loaded, by name
     */
    static Optional<Asset> asset(Json model, Map<String, Json> loaded) {
        Set<Operation> offered = operations(model);
        if (offered.isEmpty() || isElsewhere(model)) {
            return Optional.empty();
        }
        return Probe.name(model.get("id"))
                .map(id -> state(id, loaded)
                        .offering(offered)
                        .quantized(
                                quantization(model.get("checkpoint").asString().orElse(""))));
    }

    /** {@return whether its answers would come from somebody's cloud, or it would have to be downloaded first} */
    private static boolean isElsewhere(Json model) {
        return model.get("recipe").equals(Json.of(CLOUD))
                || model.get("downloaded").equals(Json.of(false));
    }

    private static Asset state(String id, Map<String, Json> loaded) {
        Json running = loaded.get(id);
        return running == null
                ? Asset.installed(id)
                : Asset.loaded(id)
                        .context(running.get("recipe_options")
                                .get("ctx_size")
                                .asLong()
                                .orElse(0));
    }

    /** {@return what it does; nothing for one that draws, speaks, or ranks on a path that no adapter knows} */
    private static Set<Operation> operations(Json model) {
        String recipe = model.get("recipe").asString().orElse("");
        List<Json> labels = model.get("labels").items();
        if (recipe.equals(HEARER)) {
            return Set.of(Operation.TRANSCRIPTION);
        }
        if (WRITERS.stream().noneMatch(recipe::startsWith) || labels.contains(Json.of("reranking"))) {
            return Set.of();
        }
        return labels.contains(Json.of("embeddings")) ? Set.of(Operation.EMBEDDING) : Models.WRITING;
    }

    private static String quantization(String checkpoint) {
        Matcher end = QUANTIZATION.matcher(checkpoint);
        return end.find() ? end.group(1) : "";
    }
}
