package dev.geniehive.plugin.llamacpp;

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
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.spi.Engine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Knows llamafile's own server (0.9). A newer llamafile brings llama.cpp's, which is recognised as that. */
final class LlamafileEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS =
            Map.of(Operation.CHAT, "openai", Operation.EMBEDDING, "openai");

    private static final String NAME = "llamafile";
    private static final String MODELS = "/v1/models";

    @Override
    public List<Integer> usualPorts() {
        return List.of(8080);
    }

    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        return server(health).startsWith(NAME)
                ? new Recognised(Certainty.HEADER, version(health))
                : new Stranger("its Server header is not llamafile's");
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        Probe models = Probe.get(upstream, MODELS);
        if (health.wantsKey() || models.wantsKey()) {
            return Inventory.unhealthy("It wants a key: set api-key of the service.");
        }
        if (health.status() == 503) {
            return Inventory.without(ServiceHealth.LOADING, "It is loading its model.");
        }
        if (!health.ok() || !models.ok()) {
            return unhealthy(health.ok() ? MODELS : "/health", health.ok() ? models : health);
        }
        for (Json model : models.json().get("data").items()) {
            Optional<String> id = Probe.name(model.get("id"));
            if (id.isPresent()) {
                return Inventory.healthy(version(health), List.of(Asset.loaded(id.get())), ADAPTERS);
            }
        }
        return unhealthy(MODELS, models);
    }

    private static String server(Probe probe) {
        return probe.headers().first("server").orElse("").toLowerCase(Locale.ROOT);
    }

    private static String version(Probe probe) {
        String server = server(probe);
        return server.startsWith(NAME + "/") ? server.substring(NAME.length() + 1) : "";
    }

    private static Inventory unhealthy(String path, Probe probe) {
        return Inventory.unhealthy("%s answered %d and not what llamafile does.".formatted(path, probe.status()));
    }
}
