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
import java.util.Locale;
import java.util.Map;

/**
 * Knows MLX-LM's server. What it lists is what lies in a cache and not what it serves, and whatever a request names it
 * loads, or even downloads, in place of the model that it was started with. So the only model here is the one it was
 * started with, by the name that always means it.
 */
final class MlxEngine implements Engine {
    private static final String STARTED_WITH = "default_model";
    private static final Map<Operation, String> ADAPTERS =
            Map.of(Operation.CHAT, "openai", Operation.COMPLETION, "openai");

    @Override
    public List<Integer> usualPorts() {
        return List.of(8080);
    }

    /** It has no name of its own to give: it is Python's plain server, is well, and has a list of models. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        String server = health.headers().first("server").orElse("").toLowerCase(Locale.ROOT);
        if (!server.startsWith("basehttp") || !isWell(health)) {
            return new Stranger("not a plain server of Python that is well");
        }
        Probe models = Probe.get(upstream, Models.PATH);
        return models.ok() && Models.isList(models.json())
                ? new Recognised(Certainty.LISTING, "")
                : new Stranger("a plain server of Python without models");
    }

    /** That it is well it says while it loads, too. */
    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        if (health.wantsKey()) {
            return Inventory.unhealthy("Something before it wants a key (status %d): set api-key of the service."
                    .formatted(health.status()));
        }
        return isWell(health)
                ? Inventory.healthy("", List.of(Asset.loaded(STARTED_WITH).offering(Models.WRITING)), ADAPTERS)
                : Ill.without("health", "/health", health);
    }

    private static boolean isWell(Probe health) {
        return health.ok() && health.json().get("status").equals(Json.of("ok"));
    }
}
