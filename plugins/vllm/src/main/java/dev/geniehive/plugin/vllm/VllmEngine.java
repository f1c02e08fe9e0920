package dev.geniehive.plugin.vllm;

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
import java.util.Optional;

/** Knows vLLM. */
final class VllmEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS = Map.of(
            Operation.CHAT, "openai",
            Operation.COMPLETION, "openai",
            Operation.EMBEDDING, "openai",
            Operation.RERANK, "openai",
            Operation.TRANSCRIPTION, "whisper",
            Operation.TRANSLATION, "whisper");

    @Override
    public List<Integer> usualPorts() {
        return List.of(8000);
    }

    /** With a key, the list of models is closed, while version and metrics stay open to everybody. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe models = Probe.get(upstream, "/v1/models");
        if (models.ok() && models.json().get("data").items().stream().anyMatch(VllmEngine::isOwn)) {
            return new Recognised(Certainty.LISTING, version(upstream));
        }
        if (models.wantsKey() && metrics(upstream).isVllm()) {
            return new Recognised(Certainty.UNIQUE, version(upstream));
        }
        return new Stranger("no model at /v1/models is owned by vllm");
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        Probe models = Probe.get(upstream, "/v1/models");
        if (health.wantsKey() || models.wantsKey()) {
            return Inventory.unhealthy("It wants a key for /v1/models: set api-key of the service.");
        }
        if (!health.ok()) {
            return Inventory.unhealthy("/health answered %d: its engine is dead.".formatted(health.status()));
        }
        Json list = models.json();
        if (!models.ok() || list.get("data").items().stream().noneMatch(VllmEngine::isOwn)) {
            return Inventory.unhealthy("/v1/models answered %d and no model of vLLM.".formatted(models.status()));
        }
        Metrics metrics = metrics(upstream);
        if (metrics.asleep()) {
            return Inventory.unhealthy("It sleeps: POST /wake_up wakes it.");
        }
        return Inventory.healthy(version(upstream), assets(list), ADAPTERS).load(Optional.empty(), metrics.waiting());
    }

    /** {@return whether a listed model is vLLM's own; those that were added to it while it runs say so as well} */
    private static boolean isOwn(Json model) {
        return model.get("owned_by").asString().filter("vllm"::equals).isPresent();
    }

    private static Metrics metrics(Upstream upstream) throws InterruptedException {
        Probe probe = Probe.get(upstream, "/metrics");
        return Metrics.read(probe.ok() ? probe.text() : "");
    }

    private static String version(Upstream upstream) throws InterruptedException {
        return Probe.name(Probe.get(upstream, "/version").json().get("version")).orElse("");
    }

    private static List<Asset> assets(Json list) {
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Json model : list.get("data").items()) {
            long context = model.get("max_model_len").asLong().orElse(0);
            Probe.name(model.get("id"))
                    .ifPresent(id -> assets.putIfAbsent(id, Asset.loaded(id).context(context)));
        }
        return List.copyOf(assets.values());
    }
}
