package dev.geniehive.plugin.simulator;

import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.testkit.ProviderAdapterContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Run at a pace at which an answer would take minutes: only closing or interrupting can end it in time. */
class SimulatorAdapterContractTest extends ProviderAdapterContract {
    @Override
    protected ProviderAdapter adapter() {
        return new SimulatorAdapter(new SimulatorConfig(1, Duration.ofMillis(1), List.of("m"), 1), () -> Instant.EPOCH);
    }

    @Override
    protected boolean talksUpstream() {
        return false;
    }
}
