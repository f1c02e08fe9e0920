package dev.geniehive.plugin.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import org.junit.jupiter.api.Test;

class LlamafileEngineTest extends EngineContract {
    private static final String SERVER = "llamafile/0.9.3";

    @Override
    protected Engine engine() {
        return new LlamafileEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/health", FakeReply.json("{\"status\":\"ok\"}").with("Server", SERVER))
                .on("/v1/models", FakeReply.json("{\"object\":\"list\",\"data\":[{\"id\":\"gemma.gguf\"}]}"));
    }

    @Test
    void isRecognisedByItsHeader() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.HEADER, "0.9.3"));
    }

    @Test
    void isNotTakenForLlamaCpp() throws Exception {
        FakeUpstream llama =
                itself().on("/health", FakeReply.json("{\"status\":\"ok\"}").with("Server", "llama.cpp"));

        assertThat(engine().fingerprint(llama)).isInstanceOf(Recognition.Stranger.class);
    }

    @Test
    void hasOneModel() throws Exception {
        assertThat(engine().inspect(itself()).assets()).containsExactly(Asset.loaded("gemma.gguf"));
    }

    @Test
    void isLoadingWhileItSaysSo() throws Exception {
        FakeUpstream loading =
                new FakeUpstream().otherwise(FakeReply.json(503, "{}").with("Server", SERVER));

        assertThat(engine().inspect(loading).health()).isEqualTo(ServiceHealth.LOADING);
    }
}
