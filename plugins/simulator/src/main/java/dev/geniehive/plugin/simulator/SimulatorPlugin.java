package dev.geniehive.plugin.simulator;

import static dev.geniehive.api.spi.ExtensionPoint.ENGINE;
import static dev.geniehive.api.spi.ExtensionPoint.PROVIDER_ADAPTER;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.time.InstantSource;
import java.util.List;

/** Makes answers up. */
public final class SimulatorPlugin implements GeniePlugin {
    @Override
    public List<Extension<?, ?>> extensions() {
        return List.of(
                ENGINE.named("simulator", context -> new SimulatorEngine(SimulatorConfig.from(context.config()))),
                PROVIDER_ADAPTER.named(
                        "simulator",
                        context ->
                                new SimulatorAdapter(SimulatorConfig.from(context.config()), InstantSource.system())));
    }
}
