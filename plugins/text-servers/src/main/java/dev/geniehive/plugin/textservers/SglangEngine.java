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

/** Knows SGLang. Its health is never asked for: it generates a token and takes a second each time. */
final class SglangEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS = Map.of(
            Operation.CHAT, "openai",
            Operation.COMPLETION, "openai",
            Operation.EMBEDDING, "openai",
            Operation.RERANK, "openai");

    private static final String OWNER = "sglang";

    @Override
    public List<Integer> usualPorts() {
        return List.of(30000);
    }

    /** With a key, its metrics stay open to everybody, if it was started with any. */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe models = Probe.get(upstream, Models.PATH);
        if (models.ok() && Models.hasOwner(models.json(), OWNER)) {
            return new Recognised(Certainty.LISTING, version(server(upstream)));
        }
        if (models.wantsKey()
                && Probe.get(upstream, "/metrics").text().lines().anyMatch(line -> line.startsWith("sglang:"))) {
            return new Recognised(Certainty.UNIQUE, "");
        }
        return new Stranger("no model at %s is owned by sglang".formatted(Models.PATH));
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe models = Probe.get(upstream, Models.PATH);
        if (models.wantsKey()) {
            return Ill.wantsKey(Models.PATH);
        }
        if (models.status() == 503) {
            return Ill.loading("It is starting.");
        }
        Json list = models.json();
        if (!models.ok() || !Models.hasOwner(list, OWNER)) {
            return Ill.without("model of SGLang", Models.PATH, models);
        }
        Json server = server(upstream);
        Set<Operation> offered = operations(Probe.get(upstream, "/model_info").json());
        SglangLoad load = SglangLoad.of(Probe.get(upstream, "/v1/loads").json(), server);
        return Inventory.healthy(
                        version(server),
                        Models.assets(list.get("data").items(), model -> asset(model, offered)),
                        ADAPTERS)
                .load(load.slots(), load.waiting());
    }

    private static Optional<Asset> asset(Json model, Set<Operation> offered) {
        long context = model.get("max_model_len").asLong().orElse(0);
        return Probe.name(model.get("id"))
                .map(id -> Asset.loaded(id).offering(offered).context(context));
    }

    /** {@return what it was started for; nothing if it does not say} */
    private static Set<Operation> operations(Json model) {
        return model.get("is_generation")
                .asBoolean()
                .map(writes -> writes ? Models.WRITING : Set.of(Operation.EMBEDDING, Operation.RERANK))
                .orElse(Set.of());
    }

    private static Json server(Upstream upstream) throws InterruptedException {
        return Probe.get(upstream, "/server_info").json();
    }

    private static String version(Json server) {
        return Probe.name(server.get("version")).orElse("");
    }
}
