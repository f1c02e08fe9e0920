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

class LmStudioEngineTest extends EngineContract {
    private static final String OWN = """
            {"models":[
             {"type":"llm","publisher":"qwen","key":"qwen/qwen3-8b","quantization":{"name":"Q4_K_M","bits_per_weight":4},
              "size_bytes":5027783488,"params_string":"8B","loaded_instances":[{"id":"qwen/qwen3-8b",
              "config":{"context_length":8192,"parallel":4}}],"max_context_length":131072,"format":"gguf"},
             {"type":"llm","key":"renamed","loaded_instances":[{"id":"my-own-name","config":{"context_length":4096}}]},
             {"type":"embedding","key":"nomic","loaded_instances":[],"max_context_length":2048,"format":"gguf"},
             {"type":"llm","key":"others","loaded_instances":[{"id":"others"}],"deviceIdentifier":"box-2"},
             {"type":"draft","key":"something-new","loaded_instances":[]}]}""";

    @Override
    protected Engine engine() {
        return new LmStudioEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .otherwise(FakeReply.json("{\"error\":\"Unexpected endpoint or method. (GET /x)\"}"))
                .on("/lmstudio-greeting", FakeReply.json("{\"lmstudio\":true}"))
                .on("/api/v1/models", FakeReply.json(OWN))
                .on("/v1/models", FakeReply.json("""
                        {"data":[{"id":"qwen/qwen3-8b","object":"model"},{"id":"my-own-name"},{"id":"nomic"},
                         {"id":"others"}],"object":"list"}"""));
    }

    @Test
    void isRecognisedByItsGreeting() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, ""));
    }

    @Test
    void greetsEverybodyAlsoWhereTheRestWantsAKey() throws Exception {
        FakeUpstream closed = new FakeUpstream()
                .otherwise(FakeReply.json(401, "{\"error\":\"unauthorized\"}"))
                .on("/lmstudio-greeting", FakeReply.json("{\"lmstudio\":true}"));

        assertThat(engine().fingerprint(closed)).isInstanceOf(Recognition.Recognised.class);
        assertThat(engine().inspect(closed).reason()).contains("key");
    }

    @Test
    void tellsWhatIsLoadedAndWhatItWouldLoadButNotWhatOtherDevicesHave() throws Exception {
        assertThat(engine().inspect(itself()).assets())
                .containsExactly(
                        Asset.loaded("qwen/qwen3-8b")
                                .offering(Set.of(Operation.CHAT, Operation.COMPLETION))
                                .context(8192)
                                .quantized("Q4_K_M")
                                .sized(5027783488L, 0),
                        Asset.loaded("my-own-name")
                                .offering(Set.of(Operation.CHAT, Operation.COMPLETION))
                                .context(4096),
                        Asset.installed("nomic").offering(Set.of(Operation.EMBEDDING)));
    }

    @Test
    void doesNotListWhatItWouldNotLoad() throws Exception {
        FakeUpstream noDemand = itself().on(
                        "/v1/models", FakeReply.json("{\"data\":[{\"id\":\"qwen/qwen3-8b\"}],\"object\":\"list\"}"));

        assertThat(engine().inspect(noDemand).assets()).extracting(Asset::id).doesNotContain("nomic");
    }

    @Test
    void saysThatAnOldOneIsTooOld() throws Exception {
        FakeUpstream old = itself().on(
                        "/api/v1/models", FakeReply.json("{\"error\":\"Unexpected endpoint or method. (GET /x)\"}"));

        assertThat(engine().inspect(old).health()).isEqualTo(ServiceHealth.UNHEALTHY);
        assertThat(engine().inspect(old).reason()).contains("0.4.0");
    }
}
