package dev.geniehive.plugin.textservers;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.model.Recognition.Recognised;
import dev.geniehive.api.model.Recognition.Stranger;
import dev.geniehive.api.spi.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Knows LocalAI. It does not say what its models can do; what one cannot, it refuses. */
final class LocalAiEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS = Map.of(
            Operation.CHAT, "openai",
            Operation.COMPLETION, "openai",
            Operation.EMBEDDING, "openai",
            Operation.RERANK, "openai",
            Operation.TRANSCRIPTION, "whisper");

    private static final String CARD = "/.well-known/localai.json";
    private static final String SYSTEM = "/system";

    @Override
    public List<Integer> usualPorts() {
        return List.of(8080);
    }

    /** Its card stays open to everybody when it wants a key. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe card = Probe.get(upstream, CARD);
        return card.ok() && card.json().get("endpoints") instanceof Json.Obj
                ? new Recognised(Certainty.UNIQUE, version(card))
                : new Stranger("nothing at %s is LocalAI's".formatted(CARD));
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        if (Probe.get(upstream, "/readyz").status() == 503) {
            return Ill.loading("It is starting.");
        }
        Probe models = Probe.get(upstream, Models.PATH);
        Probe system = Probe.get(upstream, SYSTEM);
        if (models.wantsKey() || system.wantsKey()) {
            return Ill.wantsKey(models.wantsKey() ? Models.PATH : SYSTEM);
        }
        if (!models.ok() || !Models.isList(models.json())) {
            return Ill.without("list of models", Models.PATH, models);
        }
        Set<String> loaded = loaded(system.json());
        return Inventory.healthy(
                version(Probe.get(upstream, CARD)),
                Models.assets(models.json().get("data").items(), model -> asset(model, loaded)),
                ADAPTERS);
    }

    private static Set<String> loaded(Json system) {
        return system.get("loaded_models").items().stream()
                .flatMap(model -> Probe.name(model.get("id")).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Asset> asset(Json model, Set<String> loaded) {
        return Probe.name(model.get("id")).map(id -> loaded.contains(id) ? Asset.loaded(id) : Asset.installed(id));
    }

    private static String version(Probe card) {
        return Probe.name(card.json().get("version")).orElse("");
    }
}
