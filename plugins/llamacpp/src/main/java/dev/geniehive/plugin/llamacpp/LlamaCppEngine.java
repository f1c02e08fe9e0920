package dev.geniehive.plugin.llamacpp;

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Knows llama.cpp's server. */
final class LlamaCppEngine implements Engine {
    private static final Map<Operation, String> ADAPTERS = Map.of(
            Operation.CHAT, "openai",
            Operation.COMPLETION, "openai",
            Operation.EMBEDDING, "openai",
            Operation.RERANK, "openai");

    @Override
    public List<Integer> usualPorts() {
        return List.of(8080, 9931);
    }

    /**
     * Others answer on {@code /props} as well, and a proxy may hide the server's name: either the header or the build
     * in the properties has to be llama.cpp's, and the header of none that is built upon it. KoboldCpp, which has no
     * header, is known by a path of its own.
     */
    @Override
    public Recognition fingerprint(Upstream upstream) throws InterruptedException {
        Probe probe = Probe.get(upstream, "/props");
        String server = probe.headers().first("server").orElse("").toLowerCase(Locale.ROOT);
        if (server.startsWith("llamafile") || server.startsWith("whisper.cpp") || server.startsWith("koboldcpp")) {
            return new Stranger("calls itself " + server);
        }
        Json props = probe.ok() ? probe.json() : Json.nothing();
        Optional<String> build = Probe.name(props.get("build_info"));
        boolean named = server.startsWith("llama.cpp");
        if (build.isPresent() && (props.get("default_generation_settings") instanceof Json.Obj || isRouter(props))) {
            return named || !isKoboldCpp(upstream)
                    ? new Recognised(Certainty.UNIQUE, build.get())
                    : new Stranger("KoboldCpp, which imitates llama.cpp");
        }
        return named
                ? new Recognised(Certainty.HEADER, build.orElse(""))
                : new Stranger("neither its Server header nor /props is llama.cpp's");
    }

    @Override
    public Inventory inspect(Upstream upstream) throws InterruptedException {
        Probe health = Probe.get(upstream, "/health");
        if (health.status() == 503) {
            return Inventory.without(ServiceHealth.LOADING, "It is loading its model.");
        }
        if (health.wantsKey()) {
            return noKey(health);
        }
        if (!health.ok() || !health.json().get("status").equals(Json.of("ok"))) {
            return Inventory.unhealthy("/health answered %d and not that all is well.".formatted(health.status()));
        }
        Probe props = Probe.get(upstream, "/props");
        if (props.wantsKey()) {
            return noKey(props);
        }
        if (props.status() == 503) {
            return Inventory.without(ServiceHealth.LOADING, "It is loading its model.");
        }
        return inventory(upstream, props);
    }

    private static Inventory inventory(Upstream upstream, Probe props) throws InterruptedException {
        Probe models = Probe.get(upstream, "/v1/models");
        if (models.wantsKey()) {
            return noKey(models);
        }
        if (!models.ok() || !(models.json().get("data") instanceof Json.Arr)) {
            return Inventory.unhealthy("/v1/models answered %d and no list of models.".formatted(models.status()));
        }
        Json facts = props.ok() ? props.json() : Json.nothing();
        String build = Probe.name(facts.get("build_info")).orElse("");
        if (isRouter(facts)) {
            return Inventory.healthy(build, LlamaModel.routed(models.json()), ADAPTERS);
        }
        Load load = Load.of(upstream, facts);
        return Inventory.healthy(build, LlamaModel.single(models.json(), facts), ADAPTERS)
                .load(load.slots(), load.waiting());
    }

    private static boolean isKoboldCpp(Upstream upstream) throws InterruptedException {
        return Probe.get(upstream, "/api/extra/version").json().get("result").equals(Json.of("KoboldCpp"));
    }

    private static boolean isRouter(Json props) {
        return props.get("role").equals(Json.of("router"));
    }

    private static Inventory noKey(Probe probe) {
        return Inventory.unhealthy("It wants a key (status %d): set api-key of the service to one of its --api-key."
                .formatted(probe.status()));
    }
}
