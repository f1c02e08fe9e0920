package dev.geniehive.plugin.textservers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KoboldCppEngineTest extends EngineContract {
    @Override
    protected Engine engine() {
        return new KoboldCppEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on(
                        "/api/extra/version",
                        FakeReply.json("{\"result\":\"KoboldCpp\",\"version\":\"1.115.1\",\"llm\":true}"))
                .on("/api/v1/model", FakeReply.json("{\"result\":\"koboldcpp/gemma-3-12b\"}"))
                .on("/api/extra/true_max_context_length", FakeReply.json("{\"value\":16384}"))
                .on("/api/extra/perf", FakeReply.json("{\"queue\":2,\"idle\":0,\"uptime\":100}"));
    }

    @Test
    void isRecognisedByAPathOfItsOwn() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "1.115.1"));
    }

    @Test
    void tellsItsModelItsContextAndItsQueue() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.assets())
                .containsExactly(Asset.loaded("koboldcpp/gemma-3-12b")
                        .offering(Set.of(Operation.CHAT, Operation.COMPLETION))
                        .context(16384));
        assertThat(inventory.queueDepth()).hasValue(2);
    }

    @Test
    void hasNoModelWhileNoneIsActive() throws Exception {
        FakeUpstream inactive = itself().on("/api/v1/model", FakeReply.json("{\"result\":\"inactive\"}"));

        assertThat(engine().inspect(inactive).health()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(engine().inspect(inactive).assets()).isEmpty();
    }

    @Test
    void saysThatItWantsItsPassword() throws Exception {
        FakeUpstream closed = itself().on("/api/v1/model", FakeReply.json(401, "{}"));

        assertThat(engine().inspect(closed).reason()).contains("key");
    }
}
