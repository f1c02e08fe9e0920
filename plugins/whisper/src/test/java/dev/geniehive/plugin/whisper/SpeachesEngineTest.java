package dev.geniehive.plugin.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpeachesEngineTest extends EngineContract {
    private static final Set<Operation> HEARING = Set.of(Operation.TRANSCRIPTION, Operation.TRANSLATION);

    @Override
    protected Engine engine() {
        return new SpeachesEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/health", FakeReply.json("{\"message\":\"OK\"}"))
                .on("/api/ps", FakeReply.json("{\"models\":[\"Systran/faster-whisper-small\"]}"))
                .on("/v1/models", FakeReply.json("""
                        {"object":"list","data":[
                         {"id":"Systran/faster-whisper-small","object":"model","owned_by":"Systran","task":"automatic-speech-recognition"},
                         {"id":"Systran/faster-whisper-large-v3","object":"model","owned_by":"Systran","task":"automatic-speech-recognition"},
                         {"id":"speaches-ai/Kokoro-82M-v1.0-ONNX","object":"model","owned_by":"speaches-ai","task":"text-to-speech"}]}"""));
    }

    @Test
    void isRecognisedByWhatItSaysIsLoaded() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, ""));
    }

    @Test
    void isNotTakenForOllamaWhichLoadsThingsToo() throws Exception {
        FakeUpstream ollama = itself().on("/api/ps", FakeReply.json("{\"models\":[{\"name\":\"llama\"}]}"));

        assertThat(engine().fingerprint(ollama)).isInstanceOf(Recognition.Stranger.class);
    }

    @Test
    void isRecognisedByItsHealthWhereTheRestWantsAKey() throws Exception {
        FakeUpstream closed = new FakeUpstream()
                .otherwise(FakeReply.json(401, "{\"detail\":\"Not authenticated\"}"))
                .on("/health", FakeReply.json("{\"message\":\"OK\"}"));

        assertThat(engine().fingerprint(closed)).isEqualTo(new Recognition.Recognised(Certainty.LISTING, ""));
        assertThat(engine().inspect(closed).reason()).contains("key");
    }

    @Test
    void listsWhatHearsLoadedOrNotAndNoVoices() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.assets())
                .containsExactly(
                        Asset.loaded("Systran/faster-whisper-small").offering(HEARING),
                        Asset.installed("Systran/faster-whisper-large-v3").offering(HEARING));
        assertThat(inventory.adapters()).containsOnlyKeys(HEARING).containsValue("whisper");
    }
}
