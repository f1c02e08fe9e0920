package dev.geniehive.plugin.embeddings;

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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Knows Infinity. Its paths have no prefix unless it was started with one: where it lists its models says which adapter
 * finds the others.
 */
final class InfinityEngine implements Engine {
    private static final Map<String, Operation> CAPABILITIES =
            Map.of("embed", Operation.EMBEDDING, "rerank", Operation.RERANK);

    /** What finds its paths: without a prefix, and with {@code --url-prefix /v1}. */
    private enum Paths {
        BARE("/models", "infinity"),
        OPENAI("/v1/models", "openai");

        private final String models;
        private final String adapter;

        Paths(String models, String adapter) {
            this.models = models;
            this.adapter = adapter;
        }
    }

    @Override
    public List<Integer> usualPorts() {
        return List.of(7997);
    }

    /** Its health is open to everybody, and a time and nothing else. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        return isWell(Probe.get(upstream, "/health"))
                ? new Recognised(Certainty.UNIQUE, "")
                : new Stranger("/health does not tell the time as Infinity does");
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        if (health.wantsKey()) {
            return wantsKey("/health");
        }
        if (!isWell(health)) {
            return Inventory.unhealthy("/health answered %d and not that all is well.".formatted(health.status()));
        }
        Paths paths = Paths.BARE;
        Probe models = Probe.get(upstream, paths.models);
        if (models.status() == 404) {
            paths = Paths.OPENAI;
            models = Probe.get(upstream, paths.models);
        }
        if (models.wantsKey()) {
            return wantsKey(paths.models);
        }
        if (!models.ok() || !(models.json().get("data") instanceof Json.Arr)) {
            return Inventory.unhealthy(
                    "%s answered %d and no list of models.".formatted(paths.models, models.status()));
        }
        String adapter = paths.adapter;
        return Inventory.healthy(
                        "", assets(models.json()), Map.of(Operation.EMBEDDING, adapter, Operation.RERANK, adapter))
                .load(Optional.empty(), waiting(models.json()));
    }

    private static boolean isWell(Probe health) {
        return health.ok() && health.json().get("unix") instanceof Json.Num;
    }

    /** {@return what makes vectors or ranks; a model that only sorts texts into classes is nothing for us} */
    private static List<Asset> assets(Json models) {
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Json model : models.get("data").items()) {
            Set<Operation> offered = operations(model);
            Probe.name(model.get("id"))
                    .filter(id -> !offered.isEmpty())
                    .ifPresent(id -> assets.putIfAbsent(id, Asset.loaded(id).offering(offered)));
        }
        return List.copyOf(assets.values());
    }

    private static Set<Operation> operations(Json model) {
        Set<Operation> offered = EnumSet.noneOf(Operation.class);
        CAPABILITIES.forEach((name, operation) -> {
            if (model.get("capabilities").items().contains(Json.of(name))) {
                offered.add(operation);
            }
        });
        return offered;
    }

    /** {@return what waits for any of its models, if it says} */
    private static OptionalInt waiting(Json models) {
        long waiting = -1;
        for (Json model : models.get("data").items()) {
            OptionalLong queue = model.get("stats").get("queue_absolute").asLong();
            if (queue.isPresent() && queue.getAsLong() >= 0) {
                waiting = Math.min(
                        Integer.MAX_VALUE, Math.max(0, waiting) + Math.min(Integer.MAX_VALUE, queue.getAsLong()));
            }
        }
        return waiting < 0 ? OptionalInt.empty() : OptionalInt.of((int) waiting);
    }

    private static Inventory wantsKey(String path) {
        return Inventory.unhealthy(
                "It wants a key for %s: set api-key of the service to its --api-key.".formatted(path));
    }
}
