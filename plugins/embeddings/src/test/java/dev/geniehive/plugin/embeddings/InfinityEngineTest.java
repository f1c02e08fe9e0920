package dev.geniehive.plugin.embeddings;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfinityEngineTest extends EngineContract {
    private static final String MODELS = """
            {"data":[
             {"id":"BAAI/bge-m3","stats":{"queue_fraction":0.1,"queue_absolute":4,"results_pending":1,"batch_size":32},
              "object":"model","owned_by":"infinity","backend":"torch","capabilities":["embed"]},
             {"id":"org/both","stats":{"queue_absolute":3},"owned_by":"infinity","capabilities":["rerank","embed"]},
             {"id":"org/classes","stats":{"queue_absolute":0},"owned_by":"infinity","capabilities":["classify"]}],
             "object":"list"}""";

    @Override
    protected Engine engine() {
        return new InfinityEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return at("/models");
    }

    private static FakeUpstream at(String path) {
        return new FakeUpstream()
                .on("/health", FakeReply.json("{\"unix\":1760000000.25}"))
                .on(path, FakeReply.json(MODELS));
    }

    @Test
    void isRecognisedByTheTimeInItsHealth() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, ""));
    }

    @ParameterizedTest
    @CsvSource({"/models,infinity", "/v1/models,openai"})
    void isAskedWhereItListsItsModels(String path, String adapter) throws Exception {
        assertThat(engine().inspect(at(path)).adapters())
                .containsOnlyKeys(Operation.EMBEDDING, Operation.RERANK)
                .containsValue(adapter)
                .hasSize(2);
    }

    @Test
    void listsWhatMakesVectorsOrRanksWithTheQueueOfAll() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.assets())
                .containsExactly(
                        Asset.loaded("BAAI/bge-m3").offering(Set.of(Operation.EMBEDDING)),
                        Asset.loaded("org/both").offering(Set.of(Operation.EMBEDDING, Operation.RERANK)));
        assertThat(inventory.queueDepth()).hasValue(7);
    }

    @Test
    void saysThatTheListWantsAKey() throws Exception {
        FakeUpstream closed = itself().on("/models", FakeReply.json(401, "{\"detail\":\"Unauthorized\"}"));

        assertThat(engine().inspect(closed).reason()).contains("key", "/models");
    }
}
