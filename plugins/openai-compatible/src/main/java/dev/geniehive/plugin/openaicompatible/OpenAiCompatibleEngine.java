package dev.geniehive.plugin.openaicompatible;

import dev.geniehive.api.host.Probe;
import dev.geniehive.api.host.Upstream;
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
import java.util.Map;

/** Any server whose {@code /v1/models} is OpenAI's. */
final class OpenAiCompatibleEngine implements Engine {
    static final Map<Operation, String> ADAPTERS = Map.of(
            Operation.CHAT, "openai",
            Operation.COMPLETION, "openai",
            Operation.EMBEDDING, "openai",
            Operation.RERANK, "openai",
            Operation.TRANSCRIPTION, "whisper",
            Operation.TRANSLATION, "whisper");

    private static final String MODELS = "/v1/models";

    /** Jan, text-generation-webui, and the ports that everybody takes. */
    @Override
    public List<Integer> usualPorts() {
        return List.of(1337, 5000, 8000, 8080, 8081);
    }

    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe probe = Probe.get(upstream, MODELS);
        Json json = probe.json();
        if (probe.wantsKey()) {
            return isEnvelope(json)
                    ? new Recognised(Certainty.GENERIC, "")
                    : new Stranger("asks for a key, and not in OpenAI's words");
        }
        if (!probe.ok() || !ModelList.isList(json)) {
            return new Stranger("no list of models at " + MODELS);
        }
        return ModelList.isHive(json)
                ? new Stranger("GenieHive itself, which is no engine")
                : new Recognised(Certainty.GENERIC, "");
    }

    /** {@return whether an error is OpenAI's: any web application may ask for a key} */
    private static boolean isEnvelope(Json json) {
        Json error = json.get("error");
        return error.get("message").asString().isPresent()
                && error.get("type").asString().isPresent();
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe probe = Probe.get(upstream, MODELS);
        if (probe.wantsKey()) {
            return Inventory.unhealthy(
                    "It wants a key for %s (status %d): set api-key of the service.".formatted(MODELS, probe.status()));
        }
        if (probe.status() == 503) {
            return Inventory.without(ServiceHealth.LOADING, "It answers 503: not ready yet.");
        }
        if (!probe.ok() || !ModelList.isList(probe.json())) {
            return Inventory.unhealthy("%s answered %d and no list of models.".formatted(MODELS, probe.status()));
        }
        return Inventory.healthy("", ModelList.assets(probe.json()), ADAPTERS);
    }
}
