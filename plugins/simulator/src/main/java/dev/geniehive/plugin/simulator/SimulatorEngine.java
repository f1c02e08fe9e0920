package dev.geniehive.plugin.simulator;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.spi.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** An engine that is always well, because there is nothing behind it. */
final class SimulatorEngine implements Engine {
    private static final int CONTEXT = 8192;
    private static final Map<Operation, String> ADAPTERS =
            Map.of(Operation.CHAT, "simulator", Operation.COMPLETION, "simulator");

    private final SimulatorConfig config;

    SimulatorEngine(SimulatorConfig config) {
        this.config = config;
    }

    /** It listens nowhere. */
    @Override
    public List<Integer> usualPorts() {
        return List.of();
    }

    @Override
    public Recognition fingerprint(Upstream upstream) {
        return new Recognition.Stranger("the simulator listens nowhere, so no server is one");
    }

    /** It keeps no state and so never says that a slot is taken; whoever sends it requests knows how many run. */
    @Override
    public Inventory inspect(Upstream upstream) {
        return new Inventory(
                ServiceHealth.HEALTHY,
                "",
                "simulated",
                config.models().stream().map(SimulatorEngine::asset).toList(),
                ADAPTERS,
                Optional.of(new Slots(config.slots(), 0)),
                OptionalInt.of(0),
                true);
    }

    private static Asset asset(String name) {
        return Asset.loaded(name)
                .offering(ADAPTERS.keySet())
                .able(Set.of(Ability.TOOLS))
                .context(CONTEXT);
    }
}
