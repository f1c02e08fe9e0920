package dev.geniehive.plugin.textservers;

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
import dev.geniehive.testkit.FakeUpstream.Seen;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SglangEngineTest extends EngineContract {
    @Override
    protected Engine engine() {
        return new SglangEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/v1/models", FakeReply.json("""
                        {"object":"list","data":[{"id":"qwen/qwen3-8b","object":"model","owned_by":"sglang",
                         "root":"qwen/qwen3-8b","max_model_len":32768}]}"""))
                .on("/model_info", FakeReply.json("{\"model_path\":\"qwen/qwen3-8b\",\"is_generation\":true}"))
                .on("/server_info", FakeReply.json("{\"version\":\"0.5.3\",\"max_running_requests\":64}"))
                .on("/v1/loads", FakeReply.json("""
                        {"loads":[{"num_running_reqs":5,"num_waiting_reqs":2,"token_usage":0.5},
                         {"num_running_reqs":3,"num_waiting_reqs":1,"token_usage":0.25}]}"""));
    }

    @Test
    void isRecognisedByWhoOwnsItsModels() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.LISTING, "0.5.3"));
    }

    @Test
    void isRecognisedByItsMetricsWhereTheListIsClosed() throws Exception {
        FakeUpstream closed = new FakeUpstream()
                .otherwise(FakeReply.json(401, "{\"error\":\"Unauthorized\"}"))
                .on("/metrics", FakeReply.text(200, "text/plain", "# HELP x\nsglang:num_running_reqs{} 1.0\n"));

        assertThat(engine().fingerprint(closed)).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, ""));
    }

    @Test
    void isNeverAskedForItsHealthWhichGenerates() throws Exception {
        FakeUpstream upstream = itself();

        engine().fingerprint(upstream);
        engine().inspect(upstream);

        assertThat(upstream.requests()).extracting(Seen::path).doesNotContain("/health", "/health_generate");
    }

    @Test
    void tellsItsModelAndTheLoadOfAllItsRanks() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.version()).isEqualTo("0.5.3");
        assertThat(inventory.assets())
                .containsExactly(Asset.loaded("qwen/qwen3-8b")
                        .offering(Set.of(Operation.CHAT, Operation.COMPLETION))
                        .context(32768));
        assertThat(inventory.slots()).contains(new Slots(64, 8));
        assertThat(inventory.queueDepth()).hasValue(3);
    }

    @Test
    void offersVectorsAndRankingsWhereItWasStartedForThem() throws Exception {
        FakeUpstream embedding = itself().on("/model_info", FakeReply.json("{\"is_generation\":false}"));

        assertThat(engine().inspect(embedding).assets().getFirst().operations())
                .containsExactlyInAnyOrder(Operation.EMBEDDING, Operation.RERANK);
    }

    @Test
    void leavesOpenWhatItDoesNotSay() throws Exception {
        FakeUpstream silent = itself().on("/model_info", FakeReply.json(404, "{}"))
                .on("/server_info", FakeReply.json(404, "{}"))
                .on("/v1/loads", FakeReply.json(404, "{}"));

        Inventory inventory = engine().inspect(silent);

        assertThat(inventory.health()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(inventory.assets().getFirst().operations()).isEmpty();
        assertThat(inventory.slots()).isEmpty();
        assertThat(inventory.queueDepth()).isEmpty();
    }

    @Test
    void isLoadingWhileItStarts() throws Exception {
        FakeUpstream starting = new FakeUpstream().otherwise(FakeReply.text(503, "text/plain", ""));

        assertThat(engine().inspect(starting).health()).isEqualTo(ServiceHealth.LOADING);
    }
}
