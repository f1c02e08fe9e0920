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

/** Knows TabbyAPI: the one model that is loaded, if any. What else is in its folder it tells its admin only. */
final class TabbyApiEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS =
            Map.of(Operation.CHAT, "openai", Operation.COMPLETION, "openai");

    private static final String CARD = "/.well-known/serviceinfo";
    private static final String MODEL = "/v1/model";

    @Override
    public List<Integer> usualPorts() {
        return List.of(5000);
    }

    /** Others have such a card, too, with names of their own on it. It is open to everybody. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe card = Probe.get(upstream, CARD);
        return card.ok() && card.json().get("software").get("name").equals(Json.of("TabbyAPI"))
                ? new Recognised(Certainty.UNIQUE, "")
                : new Stranger("nothing at %s is TabbyAPI's".formatted(CARD));
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        Probe model = Probe.get(upstream, MODEL);
        if (health.wantsKey() || model.wantsKey()) {
            return Ill.wantsKey(MODEL);
        }
        Json status = health.json().get("status");
        if (status.equals(Json.of("unhealthy"))) {
            return Inventory.unhealthy("It says that it is unhealthy: its log tells why.");
        }
        if (!health.ok() || !status.equals(Json.of("healthy"))) {
            return Ill.without("health", "/health", health);
        }
        List<Json> loaded = model.ok() ? List.of(model.json()) : List.of();
        return Inventory.healthy("", Models.assets(loaded, TabbyApiEngine::asset), ADAPTERS);
    }

    private static Optional<Asset> asset(Json model) {
        long context = model.get("parameters").get("max_seq_len").asLong().orElse(0);
        return Probe.name(model.get("id"))
                .map(id -> Asset.loaded(id).offering(Models.WRITING).context(context));
    }
}
