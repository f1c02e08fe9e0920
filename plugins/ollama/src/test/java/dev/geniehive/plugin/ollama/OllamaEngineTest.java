package dev.geniehive.plugin.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.geniehive.api.model.Ability;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import dev.geniehive.testkit.FakeUpstream.Seen;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OllamaEngineTest extends EngineContract {
    @Override
    protected Engine engine() {
        return new OllamaEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/", FakeReply.text(200, "text/plain; charset=utf-8", "Ollama is running"))
                .on("/api/version", FakeReply.json("{\"version\":\"0.17.1\"}"))
                .on("/api/status", FakeReply.json("{\"cloud\":{\"disabled\":false,\"source\":\"none\"}}"))
                .on("/api/tags", FakeReply.json("""
                        {"models":[{"name":"llama3.1:8b","model":"llama3.1:8b","size":4920753328,"digest":"46e0",
                          "details":{"format":"gguf","family":"llama","parameter_size":"8.0B",
                                     "quantization_level":"Q4_K_M"}},
                         {"name":"nomic-embed-text:latest","size":274302450,
                          "details":{"family":"nomic-bert","parameter_size":"137M","quantization_level":"F16"}},
                         {"name":"gpt-oss:120b-cloud","size":384,"details":{"quantization_level":"MXFP4"}},
                         {"name":"mine:latest","remote_model":"gpt-oss:120b","remote_host":"https://ollama.com"}]}"""))
                .on("/api/ps", FakeReply.json("""
                        {"models":[{"name":"llama3.1:8b","model":"llama3.1:8b","size":6654289920,"size_vram":6654289920,
                          "context_length":8192,"expires_at":"2026-08-22T12:00:00Z",
                          "details":{"family":"llama","parameter_size":"8.0B","quantization_level":"Q4_K_M"}}]}"""))
                .on("/api/show", FakeReply.json("""
                        {"capabilities":["completion","tools","vision","thinking"],
                         "model_info":{"general.architecture":"llama","general.parameter_count":8030261312,
                                       "llama.context_length":131072}}"""));
    }

    @Test
    void isRecognisedByItsOwnPath() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "0.17.1"));
    }

    @Test
    void isRecognisedWithLessCertaintyWhereItIsTooOldForThatPath() throws Exception {
        FakeUpstream old = itself().on("/api/status", FakeReply.text(404, "text/plain", "404 page not found"));

        assertThat(engine().fingerprint(old)).isEqualTo(new Recognition.Recognised(Certainty.LISTING, "0.17.1"));
    }

    @Test
    void isNotTakenForThoseWhoImitateIt() throws Exception {
        FakeUpstream kobold = imitator().on("/api/extra/version", FakeReply.json("{\"result\":\"KoboldCpp\"}"));
        FakeUpstream lemonade = imitator().on("/live", FakeReply.json("{\"status\":\"ok\"}"));
        FakeUpstream localAi = imitator().on("/.well-known/localai.json", FakeReply.json("{}"));
        FakeUpstream sglang = imitator().on("/", FakeReply.json("\"Ollama is running\""));

        for (FakeUpstream upstream : new FakeUpstream[] {kobold, lemonade, localAi, sglang}) {
            assertThat(engine().fingerprint(upstream)).isInstanceOf(Recognition.Stranger.class);
        }
    }

    @Test
    void tellsLoadedFromInstalledAndNeverListsWhatRunsInACloud() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.version()).isEqualTo("0.17.1");
        assertThat(inventory.assets())
                .containsExactly(
                        Asset.loaded("llama3.1:8b")
                                .offering(Set.of(Operation.CHAT, Operation.COMPLETION))
                                .able(Set.of(
                                        Ability.TOOLS, Ability.IMAGES, Ability.REASONING, Ability.STRUCTURED_OUTPUT))
                                .context(8192)
                                .quantized("Q4_K_M")
                                .sized(4_920_753_328L, 8_030_261_312L),
                        Asset.installed("nomic-embed-text:latest")
                                .offering(Set.of(Operation.EMBEDDING))
                                .quantized("F16")
                                .sized(274_302_450L, 137_000_000L));
        assertThat(inventory.slots()).isEmpty();
        assertThat(inventory.queueDepth()).isEmpty();
    }

    @Test
    void asksOnlyForTheDetailsOfWhatIsLoaded() throws Exception {
        FakeUpstream upstream = itself();

        engine().inspect(upstream);

        assertThat(upstream.requests().stream().filter(seen -> seen.path().equals("/api/show")))
                .extracting(Seen::method, Seen::body)
                .containsExactly(tuple("POST", "{\"model\":\"llama3.1:8b\"}"));
    }

    @Test
    void offersOnlyEmbeddingsOfAModelThatCanDoNothingElse() throws Exception {
        FakeUpstream upstream = itself().on("/api/show", FakeReply.json("{\"capabilities\":[\"embedding\"]}"));

        assertThat(engine().inspect(upstream).assets().getFirst().operations()).containsExactly(Operation.EMBEDDING);
    }

    private FakeUpstream imitator() {
        return new FakeUpstream().on("/api/version", FakeReply.json("{\"version\":\"0.9.0\"}"));
    }
}
