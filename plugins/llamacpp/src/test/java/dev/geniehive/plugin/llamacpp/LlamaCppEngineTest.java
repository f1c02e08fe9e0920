package dev.geniehive.plugin.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Ability;
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
import dev.geniehive.testkit.FakeUpstream.Seen;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LlamaCppEngineTest extends EngineContract {
    private static final String PROPS = """
            {"default_generation_settings":{"n_ctx":4096,"params":{"temperature":0.8}},"total_slots":2,
             "model_path":"/models/m.gguf","modalities":{"vision":true,"audio":false},"endpoint_slots":true,
             "endpoint_metrics":true,"chat_template":"{{ bos }}<think>","is_sleeping":false,
             "build_info":"b10488-3f545be"}""";

    @Override
    protected Engine engine() {
        return new LlamaCppEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/health", own(FakeReply.json("{\"status\":\"ok\"}")))
                .on("/props", own(FakeReply.json(PROPS)))
                .on("/slots", own(slots(true, false)))
                .on("/v1/models", own(FakeReply.json("""
                        {"object":"list","data":[{"id":"m.gguf","object":"model","owned_by":"llamacpp","aliases":[],
                         "meta":{"n_ctx":8192,"n_ctx_train":131072,"n_params":8030261248,"size":4912898048,
                                 "ftype":"Q4_K - Medium"}}]}""")));
    }

    @Test
    void isRecognisedByItsBuild() throws Exception {
        assertThat(engine().fingerprint(itself()))
                .isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "b10488-3f545be"));
    }

    @Test
    void isRecognisedByItsHeaderWhileItLoadsOrAsksForAKey() throws Exception {
        for (int status : new int[] {401, 503}) {
            FakeUpstream upstream = new FakeUpstream().otherwise(own(FakeReply.json(status, "{\"error\":{}}")));

            assertThat(engine().fingerprint(upstream)).isEqualTo(new Recognition.Recognised(Certainty.HEADER, ""));
        }
    }

    @Test
    void isNotTakenForThoseWhoAreBuiltUponIt() throws Exception {
        FakeUpstream llamafile =
                new FakeUpstream().otherwise(FakeReply.json(PROPS).with("Server", "llamafile/0.9.3"));
        FakeUpstream whisper = new FakeUpstream()
                .otherwise(FakeReply.text(404, "text/plain", "File Not Found").with("Server", "whisper.cpp"));
        FakeUpstream kobold = new FakeUpstream().on("/props", FakeReply.json("""
                {"chat_template":"x","total_slots":1,"default_generation_settings":{"n_ctx":4096}}"""));
        FakeUpstream koboldWithBuild = new FakeUpstream()
                .on("/props", FakeReply.json(PROPS))
                .on("/api/extra/version", FakeReply.json("{\"result\":\"KoboldCpp\",\"version\":\"1.115.1\"}"));

        for (FakeUpstream upstream : new FakeUpstream[] {llamafile, whisper, kobold, koboldWithBuild}) {
            assertThat(engine().fingerprint(upstream)).isInstanceOf(Recognition.Stranger.class);
        }
    }

    @Test
    void tellsTheContextOfOneSlotAndWhatTheModelCanDo() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.version()).isEqualTo("b10488-3f545be");
        assertThat(inventory.assets())
                .containsExactly(Asset.loaded("m.gguf")
                        .able(Set.of(Ability.TOOLS, Ability.STRUCTURED_OUTPUT, Ability.IMAGES, Ability.REASONING))
                        .context(4096)
                        .quantized("Q4_K_M")
                        .sized(4_912_898_048L, 8_030_261_248L));
        assertThat(inventory.slots()).contains(new Slots(2, 1));
        assertThat(inventory.queueDepth()).hasValue(0);
    }

    @Test
    void looksForAQueueOnlyWhenAllSlotsAreTaken() throws Exception {
        FakeUpstream free = itself();
        FakeUpstream full =
                itself().on("/slots", slots(true, true)).on("/metrics", FakeReply.text(200, "text/plain", """
                # TYPE llamacpp:requests_deferred gauge
                llamacpp:requests_deferred 7
                """));

        engine().inspect(free);

        assertThat(free.requests()).extracting(Seen::path).doesNotContain("/metrics");
        assertThat(engine().inspect(full).queueDepth()).hasValue(7);
    }

    @Test
    void knowsNoQueueWhereMetricsAreOff() throws Exception {
        FakeUpstream full = itself().on("/slots", slots(true, true))
                .on("/metrics", FakeReply.json(501, "{\"error\":{\"type\":\"not_supported_error\"}}"));

        assertThat(engine().inspect(full).queueDepth()).isEmpty();
        assertThat(engine().inspect(full).slots()).contains(new Slots(2, 2));
    }

    @Test
    void knowsNoSlotsWhereTheyAreHidden() throws Exception {
        FakeUpstream hidden = itself().on("/slots", FakeReply.json(501, "{\"error\":{\"code\":501}}"));

        assertThat(engine().inspect(hidden).slots()).isEmpty();
        assertThat(engine().inspect(hidden).health()).isEqualTo(ServiceHealth.HEALTHY);
    }

    @Test
    void isLoadingUntilItsModelIsThere() throws Exception {
        FakeUpstream upstream = new FakeUpstream().otherwise(own(FakeReply.json(503, """
                {"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""")));

        assertThat(engine().inspect(upstream).health()).isEqualTo(ServiceHealth.LOADING);
    }

    @Test
    void doesNotWakeASleepingModel() throws Exception {
        FakeUpstream upstream =
                itself().on("/props", FakeReply.json(PROPS.replace("\"is_sleeping\":false", "\"is_sleeping\":true")));

        Inventory inventory = engine().inspect(upstream);

        assertThat(inventory.assets()).extracting(Asset::loaded).containsExactly(false);
        assertThat(upstream.requests()).extracting(Seen::path).doesNotContain("/slots", "/metrics");
    }

    @Test
    void listsWhatARouterHasOnItsDisk() throws Exception {
        FakeUpstream router = itself().on(
                        "/props", FakeReply.json("{\"role\":\"router\",\"max_instances\":4,\"build_info\":\"b10488\"}"))
                .on("/v1/models", FakeReply.json("""
                        {"data":[{"id":"a","status":{"value":"loaded","args":["llama-server","--port","0"]},
                                  "architecture":{"input_modalities":["text","image"]},"meta":{"n_ctx":2048}},
                                 {"id":"e","status":{"value":"unloaded","args":["llama-server","--embeddings"]}},
                                 {"id":"s","status":{"value":"sleeping"}},
                                 {"id":"d","status":{"value":"downloading"}}]}"""));

        Inventory inventory = engine().inspect(router);

        assertThat(inventory.assets()).extracting(Asset::id).containsExactly("a", "e", "s");
        assertThat(inventory.assets()).extracting(Asset::loaded).containsExactly(true, false, false);
        assertThat(inventory.assets().getFirst().abilities()).contains(Ability.IMAGES, Ability.TOOLS);
        assertThat(inventory.assets().getFirst().contextLength()).hasValue(2048);
        assertThat(inventory.assets().get(1).operations()).containsExactly(Operation.EMBEDDING);
        assertThat(router.requests()).extracting(Seen::path).doesNotContain("/slots");
        assertThat(engine().fingerprint(router)).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "b10488"));
    }

    private static FakeReply own(FakeReply reply) {
        return reply.with("Server", "llama.cpp");
    }

    private static FakeReply slots(boolean first, boolean second) {
        return FakeReply.json("[{\"id\":0,\"n_ctx\":4096,\"is_processing\":%s},{\"id\":1,\"is_processing\":%s}]"
                .formatted(first, second));
    }
}
