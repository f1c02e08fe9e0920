package dev.geniehive.plugin.textservers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LemonadeEngineTest extends EngineContract {
    private static final String MODELS = """
            {"object":"list","data":[
             {"id":"Qwen3-8B-GGUF","owned_by":"lemonade","checkpoint":"unsloth/Qwen3-8B-GGUF:UD-Q4_K_XL","recipe":"llamacpp",
              "size":5.2,"downloaded":true,"labels":["reasoning"]},
             {"id":"Llama-3.2-1B-Hybrid","checkpoint":"amd/Llama-3.2-1B","recipe":"oga-hybrid","downloaded":true,"labels":[]},
             {"id":"nomic-embed","checkpoint":"nomic/x:Q8_0","recipe":"llamacpp","downloaded":true,"labels":["embeddings"]},
             {"id":"Whisper-Base","checkpoint":"ggerganov/whisper:ggml-base.bin","recipe":"whispercpp","downloaded":true},
             {"id":"Whisper-Large","recipe":"whispercpp","downloaded":false},
             {"id":"bge-reranker","recipe":"llamacpp","downloaded":true,"labels":["reranking"]},
             {"id":"SD-Turbo","recipe":"sd-cpp","downloaded":true,"labels":["image"]},
             {"id":"fireworks.big","recipe":"cloud","labels":["tool-calling"],"context_length":1000000}]}""";
    private static final String HEALTH = """
            {"status":"ok","version":"11.7.0","model_loaded":"Qwen3-8B-GGUF","all_models_loaded":[
             {"model_name":"Qwen3-8B-GGUF","recipe":"llamacpp","type":"llm","is_busy":false,
              "recipe_options":{"ctx_size":16384}},{"model_name":"fireworks.big","recipe":"cloud","type":"llm"}]}""";

    @Override
    protected Engine engine() {
        return new LemonadeEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/live", FakeReply.json("{\"status\":\"ok\"}"))
                .on("/v1/health", FakeReply.json(HEALTH))
                .on("/v1/models", FakeReply.json(MODELS));
    }

    @Test
    void isRecognisedByItsHealth() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "11.7.0"));
    }

    @Test
    void isRecognisedByItsLifeWhereTheRestWantsAKey() throws Exception {
        FakeUpstream closed = new FakeUpstream()
                .otherwise(FakeReply.json(401, "{\"error\":{\"message\":\"Unauthorized\",\"type\":\"invalid\"}}"))
                .on("/live", FakeReply.json("{\"status\":\"ok\"}"));

        assertThat(engine().fingerprint(closed)).isEqualTo(new Recognition.Recognised(Certainty.LISTING, ""));
        assertThat(engine().inspect(closed).reason()).contains("key");
    }

    @Test
    void listsWhatIsOnItsDiskAndCanBeAskedForAndNothingOfAnyCloud() throws Exception {
        Set<Operation> writing = Set.of(Operation.CHAT, Operation.COMPLETION);

        assertThat(engine().inspect(itself()).assets())
                .containsExactly(
                        Asset.loaded("Qwen3-8B-GGUF")
                                .offering(writing)
                                .context(16384)
                                .quantized("UD-Q4_K_XL"),
                        Asset.installed("Llama-3.2-1B-Hybrid").offering(writing),
                        Asset.installed("nomic-embed")
                                .offering(Set.of(Operation.EMBEDDING))
                                .quantized("Q8_0"),
                        Asset.installed("Whisper-Base").offering(Set.of(Operation.TRANSCRIPTION)));
    }
}
