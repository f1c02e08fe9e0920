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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Knows Lemonade: what is on its disk, and what of it is loaded. */
final class LemonadeEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS = Map.of(
            Operation.CHAT, "openai",
            Operation.COMPLETION, "openai",
            Operation.EMBEDDING, "openai",
            Operation.TRANSCRIPTION, "whisper");

    private static final String HEALTH = "/v1/health";

    @Override
    public List<Integer> usualPorts() {
        return List.of(13305, 8000);
    }

    /** That it lives, it tells everybody; where the rest wants a key, that is all there is to go by. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe live = Probe.get(upstream, "/live");
        if (!live.ok() || !live.json().get("status").equals(Json.of("ok"))) {
            return new Stranger("/live does not answer as Lemonade does");
        }
        Probe health = Probe.get(upstream, HEALTH);
        if (isHealth(health)) {
            return new Recognised(Certainty.UNIQUE, version(health));
        }
        return health.wantsKey()
                ? new Recognised(Certainty.LISTING, "")
                : new Stranger("nothing at %s is Lemonade's".formatted(HEALTH));
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, HEALTH);
        Probe models = Probe.get(upstream, Models.PATH);
        if (health.wantsKey() || models.wantsKey()) {
            return Ill.wantsKey(HEALTH);
        }
        if (!isHealth(health)) {
            return Ill.without("health", HEALTH, health);
        }
        if (!models.ok() || !Models.isList(models.json())) {
            return Ill.without("list of models", Models.PATH, models);
        }
        Map<String, Json> loaded = loaded(health.json());
        List<Asset> assets =
                Models.assets(models.json().get("data").items(), model -> LemonadeModel.asset(model, loaded));
        return Inventory.healthy(version(health), assets, ADAPTERS);
    }

    private static boolean isHealth(Probe health) {
        return health.ok() && health.json().get("all_models_loaded") instanceof Json.Arr;
    }

    private static Map<String, Json> loaded(Json health) {
        Map<String, Json> loaded = new LinkedHashMap<>();
        for (Json model : health.get("all_models_loaded").items()) {
            Probe.name(model.get("model_name")).ifPresent(name -> loaded.put(name, model));
        }
        return loaded;
    }

    private static String version(Probe health) {
        return Probe.name(health.json().get("version")).orElse("");
    }
}
