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

/** Knows LM Studio: what is loaded, and, where it loads on demand, what is on its disk. */
final class LmStudioEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS =
            Map.of(Operation.CHAT, "openai", Operation.COMPLETION, "openai", Operation.EMBEDDING, "openai");

    private static final Map<String, Set<Operation>> TYPES =
            Map.of("llm", Models.WRITING, "embedding", Set.of(Operation.EMBEDDING));

    private static final String OWN_LIST = "/api/v1/models";

    @Override
    public List<Integer> usualPorts() {
        return List.of(1234);
    }

    /** Paths that it does not know it answers with 200 and an error. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe greeting = Probe.get(upstream, "/lmstudio-greeting");
        return greeting.ok() && greeting.json().get("lmstudio").equals(Json.of(true))
                ? new Recognised(Certainty.UNIQUE, "")
                : new Stranger("/lmstudio-greeting does not greet");
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe own = Probe.get(upstream, OWN_LIST);
        if (own.wantsKey()) {
            return Ill.wantsKey(OWN_LIST);
        }
        Json models = own.json().get("models");
        if (!own.ok() || !Models.isList(models, "key")) {
            return Inventory.unhealthy("%s answered %d and no list of models: LM Studio has it since 0.4.0."
                    .formatted(OWN_LIST, own.status()));
        }
        Set<String> served = Models.names(Probe.get(upstream, Models.PATH).json());
        return Inventory.healthy("", Models.assets(models.items(), model -> asset(model, served)), ADAPTERS);
    }

    /** @param served the names under which something is answered now; what is not loaded is there if it would be */
    private static Optional<Asset> asset(Json model, Set<String> served) {
        Set<Operation> offered = TYPES.getOrDefault(model.get("type").asString().orElse(""), Set.of());
        Optional<String> key = Probe.name(model.get("key"));
        if (offered.isEmpty() || isElsewhere(model) || key.isEmpty()) {
            return Optional.empty();
        }
        List<Json> instances = model.get("loaded_instances").items();
        if (instances.isEmpty()) {
            return key.filter(served::contains).map(id -> described(Asset.installed(id), model, offered));
        }
        Json first = instances.getFirst();
        String id = served.contains(key.get())
                ? key.get()
                : Probe.name(first.get("id")).filter(served::contains).orElse(key.get());
        return Optional.of(described(Asset.loaded(id), model, offered)
                .context(first.get("config").get("context_length").asLong().orElse(0)));
    }

    private static Asset described(Asset asset, Json model, Set<Operation> offered) {
        return asset.offering(offered)
                .quantized(Probe.name(model.get("quantization").get("name")).orElse(""))
                .sized(model.get("size_bytes").asLong().orElse(0), 0);
    }

    /** {@return whether it says that another device has it: LM Link shows those, too} */
    private static boolean isElsewhere(Json model) {
        return Probe.name(model.get("deviceIdentifier"))
                .or(() -> Probe.name(model.get("device_identifier")))
                .isPresent();
    }
}
