package dev.geniehive.plugin.embeddings;

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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeiEngineTest extends EngineContract {
    private static final String INFO = """
            {"model_id":"BAAI/bge-m3","model_sha":null,"model_dtype":"float16","served_model_name":%s,
             "model_type":%s,"max_concurrent_requests":512,"max_input_length":8192,"max_batch_tokens":16384,
             "max_client_batch_size":32,"version":"1.9.0"}""";
    private static final String METRICS = """
            te_request_count{method="single"} 40
            te_queue_size 3
            te_batch_next_size_count 7
            """;

    @Override
    protected Engine engine() {
        return new TeiEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return serving("null", "{\"embedding\":{\"pooling\":\"cls\"}}");
    }

    private static FakeUpstream serving(String name, String type) {
        return new FakeUpstream()
                .on("/health", FakeReply.text(200, "text/plain", ""))
                .on("/metrics", FakeReply.text(200, "text/plain", METRICS))
                .on("/info", FakeReply.json(INFO.formatted(name, type)));
    }

    @Test
    void isRecognisedByWhatItSaysOfItself() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "1.9.0"));
    }

    @Test
    void isRecognisedByItsMetricsWhereTheRestWantsAKey() throws Exception {
        FakeUpstream closed = itself().on("/info", FakeReply.text(401, "text/plain", ""));

        assertThat(engine().fingerprint(closed)).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, ""));
        assertThat(engine().inspect(closed).reason()).contains("key");
    }

    @Test
    void isNotTakenForAServerOfTextWithAnInfoOfItsOwn() throws Exception {
        FakeUpstream tgi = itself().on("/info", FakeReply.json("{\"model_id\":\"a/b\",\"model_sha\":\"x\"}"));

        assertThat(engine().fingerprint(tgi)).isInstanceOf(Recognition.Stranger.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"embedding":{"pooling":"cls"}}  | EMBEDDING
            {"reranker":{"id2label":{}}}     | RERANK
            """)
    void offersWhatItsModelIsFor(String type, Operation offered) throws Exception {
        Inventory inventory = engine().inspect(serving("null", type));

        assertThat(inventory.assets())
                .containsExactly(
                        Asset.loaded("BAAI/bge-m3").offering(Set.of(offered)).context(8192));
        assertThat(inventory.adapters()).containsOnlyKeys(offered).containsValue("tei");
        assertThat(inventory.queueDepth()).hasValue(3);
    }

    @Test
    void listsNothingWhereItOnlySortsTexts() throws Exception {
        Inventory inventory = engine().inspect(serving("null", "{\"classifier\":{}}"));

        assertThat(inventory.health()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(inventory.assets()).isEmpty();
    }

    @Test
    void goesByTheNameThatItWasGiven() throws Exception {
        assertThat(engine().inspect(serving("\"vectors\"", "{\"embedding\":{}}"))
                        .assets())
                .extracting(Asset::id)
                .containsExactly("vectors");
    }

    @Test
    void isUnhealthyWhenItsBackendIs() throws Exception {
        FakeUpstream ill = itself().on("/health", FakeReply.text(503, "text/plain", ""));

        assertThat(engine().inspect(ill).health()).isEqualTo(ServiceHealth.UNHEALTHY);
    }
}
