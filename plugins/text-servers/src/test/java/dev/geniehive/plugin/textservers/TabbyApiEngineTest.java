package dev.geniehive.plugin.textservers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
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

class TabbyApiEngineTest extends EngineContract {
    private static final String CARD = "{\"version\":0.1,\"software\":{\"name\":\"%s\"},\"api\":{}}";

    @Override
    protected Engine engine() {
        return new TabbyApiEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/.well-known/serviceinfo", FakeReply.json(CARD.formatted("TabbyAPI")))
                .on("/health", FakeReply.json("{\"status\":\"healthy\",\"issues\":[]}"))
                .on("/v1/model", FakeReply.json("""
                        {"id":"Qwen3-8B-exl3","object":"model","owned_by":"tabbyAPI",
                         "parameters":{"max_seq_len":16384,"cache_size":16384,"max_batch_size":8}}"""));
    }

    @Test
    void isRecognisedByTheNameOnItsCard() throws Exception {
        FakeUpstream other =
                itself().on("/.well-known/serviceinfo", FakeReply.json(CARD.formatted("Aphrodite Engine")));

        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, ""));
        assertThat(engine().fingerprint(other)).isInstanceOf(Recognition.Stranger.class);
    }

    @Test
    void tellsTheModelThatIsLoaded() throws Exception {
        assertThat(engine().inspect(itself()).assets())
                .containsExactly(Asset.loaded("Qwen3-8B-exl3")
                        .offering(Set.of(Operation.CHAT, Operation.COMPLETION))
                        .context(16384));
    }

    @Test
    void isWellWithoutAModel() throws Exception {
        FakeUpstream empty = itself().on("/v1/model", FakeReply.json(503, "{\"detail\":\"No models are loaded.\"}"));

        assertThat(engine().inspect(empty).health()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(engine().inspect(empty).assets()).isEmpty();
    }

    @Test
    void saysThatItIsIll() throws Exception {
        FakeUpstream ill = itself().on("/health", FakeReply.json(503, "{\"status\":\"unhealthy\",\"issues\":[{}]}"));

        assertThat(engine().inspect(ill).reason()).contains("unhealthy");
    }

    @Test
    void saysThatItsModelWantsAKey() throws Exception {
        FakeUpstream closed = itself().on("/v1/model", FakeReply.json(401, "{\"detail\":\"Invalid API key\"}"));

        assertThat(engine().fingerprint(closed)).isInstanceOf(Recognition.Recognised.class);
        assertThat(engine().inspect(closed).reason()).contains("key", "/v1/model");
    }
}
