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
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Knows KoboldCpp, which imitates Ollama and llama.cpp: the model of text that it was started with, and its queue. */
final class KoboldCppEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS =
            Map.of(Operation.CHAT, "openai", Operation.COMPLETION, "openai");

    private static final String CARD = "/api/extra/version";
    private static final String MODEL = "/api/v1/model";
    private static final String NONE = "inactive";

    @Override
    public List<Integer> usualPorts() {
        return List.of(5001);
    }

    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe card = Probe.get(upstream, CARD);
        return isCard(card)
                ? new Recognised(Certainty.UNIQUE, version(card))
                : new Stranger("nothing at %s is KoboldCpp's".formatted(CARD));
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe card = Probe.get(upstream, CARD);
        Probe model = Probe.get(upstream, MODEL);
        if (card.wantsKey() || model.wantsKey()) {
            return Ill.wantsKey(MODEL);
        }
        if (!isCard(card)) {
            return Ill.without("version of KoboldCpp", CARD, card);
        }
        if (!model.ok()) {
            return Ill.without("model", MODEL, model);
        }
        long context = Probe.get(upstream, "/api/extra/true_max_context_length")
                .json()
                .get("value")
                .asLong()
                .orElse(0);
        List<Asset> assets = name(model.json()).stream()
                .map(id -> Asset.loaded(id).offering(Models.WRITING).context(context))
                .toList();
        return Inventory.healthy(version(card), assets, ADAPTERS).load(Optional.empty(), waiting(upstream));
    }

    private static boolean isCard(Probe card) {
        return card.ok() && card.json().get("result").equals(Json.of("KoboldCpp"));
    }

    /** {@return the name with its {@code koboldcpp/} before it, as it lists it, too} */
    private static Optional<String> name(Json model) {
        return Probe.name(model.get("result")).filter(name -> !name.equals(NONE) && !name.endsWith("/" + NONE));
    }

    private static OptionalInt waiting(Upstream upstream) throws InterruptedException {
        OptionalLong queue =
                Probe.get(upstream, "/api/extra/perf").json().get("queue").asLong();
        return queue.isPresent() && queue.getAsLong() >= 0
                ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, queue.getAsLong()))
                : OptionalInt.empty();
    }

    private static String version(Probe card) {
        return Probe.name(card.json().get("version")).orElse("");
    }
}
