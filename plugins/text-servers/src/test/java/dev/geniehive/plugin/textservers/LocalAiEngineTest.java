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
import org.junit.jupiter.api.Test;

class LocalAiEngineTest extends EngineContract {
    private static final String CARD =
            "{\"version\":\"v3.5.0\",\"endpoints\":{\"chat_completions\":\"/v1/chat/completions\"},\"capabilities\":{}}";

    @Override
    protected Engine engine() {
        return new LocalAiEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/.well-known/localai.json", FakeReply.json(CARD))
                .on("/readyz", FakeReply.text(200, "text/plain", "OK"))
                .on("/system", FakeReply.json("""
                        {"backends":["llama-cpp","whisper"],"loaded_models":[{"id":"gemma","backend":"llama-cpp"}]}"""))
                .on("/v1/models", FakeReply.json("""
                        {"object":"list","data":[{"id":"gemma","object":"model"},{"id":"whisper-1","object":"model"}]}"""));
    }

    @Test
    void isRecognisedByItsCardWhichIsOpenToEverybody() throws Exception {
        FakeUpstream closed = new FakeUpstream()
                .otherwise(FakeReply.json(401, "{\"error\":{\"message\":\"no key\",\"type\":\"x\"}}"))
                .on("/.well-known/localai.json", FakeReply.json(CARD));

        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "v3.5.0"));
        assertThat(engine().fingerprint(closed)).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "v3.5.0"));
        assertThat(engine().inspect(closed).reason()).contains("key");
    }

    @Test
    void tellsLoadedFromInstalledAndLeavesOpenWhatTheyDo() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.assets()).containsExactly(Asset.loaded("gemma"), Asset.installed("whisper-1"));
        assertThat(inventory.adapters())
                .containsEntry(Operation.RERANK, "openai")
                .containsEntry(Operation.TRANSCRIPTION, "whisper");
    }

    @Test
    void isLoadingUntilItIsReady() throws Exception {
        FakeUpstream starting = itself().on("/readyz", FakeReply.json(503, "{\"status\":\"starting\"}"));

        assertThat(engine().inspect(starting).health()).isEqualTo(ServiceHealth.LOADING);
    }
}
