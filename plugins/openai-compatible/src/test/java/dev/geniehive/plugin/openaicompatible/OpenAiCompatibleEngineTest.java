package dev.geniehive.plugin.openaicompatible;

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
import org.junit.jupiter.api.Test;

class OpenAiCompatibleEngineTest extends EngineContract {
    @Override
    protected Engine engine() {
        return new OpenAiCompatibleEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return listing("""
                {"object":"list","data":[{"id":"org/a","object":"model","owned_by":"x","max_model_len":4096},
                 {"id":"org/a"},{"id":"b","meta":{"n_ctx":2048,"n_params":7000000000,"size":4000000000}}]}""");
    }

    @Test
    void isTheLeastSureOfAll() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.GENERIC, ""));
    }

    @Test
    void takesEveryListedModelForLoaded() throws Exception {
        assertThat(engine().inspect(itself()).assets())
                .containsExactly(
                        Asset.loaded("org/a").context(4096),
                        Asset.loaded("b").context(2048).sized(4_000_000_000L, 7_000_000_000L));
        assertThat(engine().inspect(itself()).adapters())
                .containsOnlyKeys(Operation.values())
                .containsEntry(Operation.RERANK, "openai")
                .containsEntry(Operation.TRANSCRIPTION, "whisper");
    }

    @Test
    void leavesOutWhatRunsInSomebodysCloud() throws Exception {
        FakeUpstream mixed = listing("""
                {"object":"list","data":[{"id":"gpt-oss:120b-cloud"},{"id":"qwen3-coder:cloud"},{"id":"llama3:8b"},
                 {"id":"amd.big","recipe":"cloud"}]}""");

        assertThat(engine().inspect(mixed).assets()).containsExactly(Asset.loaded("llama3:8b"));
    }

    @Test
    void isHealthyWithoutAnyModelToo() throws Exception {
        FakeUpstream empty = listing("{\"object\":\"list\",\"data\":[]}");

        assertThat(engine().inspect(empty).health()).isEqualTo(ServiceHealth.HEALTHY);
    }

    @Test
    void doesNotTakeAnotherHiveForAnEngine() throws Exception {
        FakeUpstream hive =
                listing("{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"geniehive\":{\"kind\":\"role\"}}]}");

        assertThat(engine().fingerprint(hive)).isInstanceOf(Recognition.Stranger.class);
    }

    @Test
    void recognisesAServerThatAsksForAKeyInOpenAisWords() throws Exception {
        FakeUpstream closed = new FakeUpstream()
                .otherwise(FakeReply.json(
                        401, "{\"error\":{\"message\":\"Invalid API key\",\"type\":\"authentication_error\"}}"));

        assertThat(engine().fingerprint(closed)).isInstanceOf(Recognition.Recognised.class);
    }

    @Test
    void doesNotTakeAnyWebApplicationWithAPasswordForAnEngine() throws Exception {
        FakeUpstream closed = new FakeUpstream().otherwise(FakeReply.json(401, "{\"detail\":\"Not authenticated\"}"));

        assertThat(engine().fingerprint(closed)).isInstanceOf(Recognition.Stranger.class);
    }

    private static FakeUpstream listing(String json) {
        return new FakeUpstream().on("/v1/models", FakeReply.json(json));
    }
}
