package dev.geniehive.plugin.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import org.junit.jupiter.api.Test;

class WhisperCppEngineTest extends EngineContract {
    @Override
    protected Engine engine() {
        return new WhisperCppEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/health", FakeReply.json("{\"status\":\"ok\"}").with("server", "whisper.cpp"));
    }

    @Test
    void isRecognisedByItsHeader() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.HEADER, ""));
    }

    @Test
    void isNotTakenForLlamaCpp() throws Exception {
        FakeUpstream llama = new FakeUpstream()
                .on("/health", FakeReply.json("{\"status\":\"ok\"}").with("server", "llama.cpp"));

        assertThat(engine().fingerprint(llama)).isInstanceOf(Recognition.Stranger.class);
    }

    @Test
    void hasOneModelAndWorksOnOneRecordingAtATime() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.assets()).extracting(Asset::id).containsExactly("whisper");
        assertThat(inventory.adapters())
                .containsOnlyKeys(Operation.TRANSCRIPTION, Operation.TRANSLATION)
                .containsValue("whispercpp");
        assertThat(inventory.slots()).contains(new Slots(1, 0));
    }

    @Test
    void isLoadingWhileItsErrorPageHidesThatItIs() throws Exception {
        FakeUpstream loading = new FakeUpstream()
                .on(
                        "/health",
                        FakeReply.text(404, "text/plain", "File Not Found").with("server", "whisper.cpp"));

        assertThat(engine().inspect(loading).health()).isEqualTo(ServiceHealth.LOADING);
    }
}
