package dev.geniehive.plugin.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeConfig;
import dev.geniehive.testkit.FakeUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorEngineTest extends EngineContract {
    @Override
    protected Engine engine() {
        return new SimulatorEngine(SimulatorConfig.DEFAULT);
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream();
    }

    @Override
    protected boolean talksUpstream() {
        return false;
    }

    @Test
    void saysThatItIsSimulated() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.simulated()).isTrue();
        assertThat(inventory.assets()).extracting(Asset::id).containsExactly("simulated-model");
        assertThat(inventory.adapters())
                .isEqualTo(Map.of(Operation.CHAT, "simulator", Operation.COMPLETION, "simulator"));
    }

    @Test
    void isConfigured() {
        FakeConfig section = FakeConfig.of(Map.of(
                "tokens-per-second",
                10,
                "first-token",
                Duration.ofSeconds(2),
                "models",
                List.of("a", "b"),
                "slots",
                1));

        assertThat(SimulatorConfig.from(section))
                .isEqualTo(new SimulatorConfig(10, Duration.ofSeconds(2), List.of("a", "b"), 1));
        assertThat(SimulatorConfig.from(FakeConfig.empty())).isEqualTo(SimulatorConfig.DEFAULT);
    }

    @Test
    void rejectsWhatIsOutOfBounds() {
        FakeConfig section =
                FakeConfig.of(Map.of("tokens-per-second", 0, "first-token", Duration.ofSeconds(-1), "slots", 100_000));

        assertThat(SimulatorConfig.from(section)).isEqualTo(SimulatorConfig.DEFAULT);
        assertThat(section.rejected()).containsExactlyInAnyOrder("first-token", "tokens-per-second", "slots");
    }
}
