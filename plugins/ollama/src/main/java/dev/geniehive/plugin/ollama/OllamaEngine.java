package dev.geniehive.plugin.ollama;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamRequest;
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

/** Knows Ollama. */
final class OllamaEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS =
            Map.of(Operation.CHAT, "openai", Operation.COMPLETION, "openai", Operation.EMBEDDING, "openai");

    /** Ollama keeps few models loaded; a server that claims more is not asked about each. */
    private static final int MAX_SHOWN = 8;

    @Override
    public List<Integer> usualPorts() {
        return List.of(11434);
    }

    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Optional<String> version = version(Probe.get(upstream, "/api/version"));
        if (version.isEmpty()) {
            return new Stranger("no version at /api/version");
        }
        if (Probe.get(upstream, "/api/status").json().get("cloud") instanceof Json.Obj) {
            return new Recognised(Certainty.UNIQUE, version.get());
        }
        Optional<String> imitator = imitator(upstream);
        if (imitator.isPresent()) {
            return new Stranger(imitator.get() + ", which imitates Ollama");
        }
        return Probe.get(upstream, "/").text().equals("Ollama is running")
                ? new Recognised(Certainty.LISTING, version.get())
                : new Stranger("answers /api/version, but neither /api/status nor / as Ollama does");
    }

    /** {@return who else it is; these answer on Ollama's paths and on one of their own} */
    private static Optional<String> imitator(Upstream upstream) throws InterruptedException {
        if (Probe.get(upstream, "/api/extra/version").json().get("result").equals(Json.of("KoboldCpp"))) {
            return Optional.of("KoboldCpp");
        }
        if (Probe.get(upstream, "/live").ok()) {
            return Optional.of("Lemonade");
        }
        return Probe.get(upstream, "/.well-known/localai.json").ok() ? Optional.of("LocalAI") : Optional.empty();
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe first = Probe.get(upstream, "/api/version");
        Probe tags = Probe.get(upstream, "/api/tags");
        if (first.wantsKey() || tags.wantsKey()) {
            return Inventory.unhealthy("It wants a key, which Ollama itself never does: set api-key of the service for"
                    + " whatever stands in front of it.");
        }
        Optional<String> version = version(first);
        if (version.isEmpty()) {
            return Inventory.unhealthy("/api/version answered %d and no version.".formatted(first.status()));
        }
        if (!tags.ok() || !(tags.json().get("models") instanceof Json.Arr)) {
            return Inventory.unhealthy("/api/tags answered %d and no list of models.".formatted(tags.status()));
        }
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Json tag : OllamaModel.local(tags.json())) {
            OllamaModel.installed(tag).ifPresent(asset -> assets.putIfAbsent(asset.id(), asset));
        }
        addLoaded(upstream, assets);
        return Inventory.healthy(version.get(), List.copyOf(assets.values()), ADAPTERS);
    }

    private static void addLoaded(Upstream upstream, Map<String, Asset> assets) throws InterruptedException {
        int shown = 0;
        for (Json running : OllamaModel.local(Probe.get(upstream, "/api/ps").json())) {
            Optional<String> name = OllamaModel.name(running);
            if (name.isPresent() && shown++ < MAX_SHOWN) {
                OllamaModel.loaded(running, assets.get(name.get()), show(upstream, name.get()))
                        .ifPresent(asset -> assets.put(asset.id(), asset));
            }
        }
    }

    /** {@return what the model can do; reads the file's head, and loads nothing} */
    private static Json show(Upstream upstream, String model) throws InterruptedException {
        byte[] question = Json.object().put("model", model).utf8();
        return Probe.send(upstream, UpstreamRequest.post("/api/show", Body.of(question, "application/json")))
                .json();
    }

    private static Optional<String> version(Probe probe) {
        return probe.ok() ? Probe.name(probe.json().get("version")) : Optional.empty();
    }
}
