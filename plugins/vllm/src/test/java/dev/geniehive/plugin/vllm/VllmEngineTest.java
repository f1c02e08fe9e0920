package dev.geniehive.plugin.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.Recognition.Certainty;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.testkit.EngineContract;
import dev.geniehive.testkit.FakeReply;
import dev.geniehive.testkit.FakeUpstream;
import org.junit.jupiter.api.Test;

class VllmEngineTest extends EngineContract {
    private static final String METRICS = """
            # HELP vllm:num_requests_running Number of requests in model execution batches.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="Qwen/Qwen3-8B"} 5.0
            vllm:num_requests_waiting_by_reason{engine="0",model_name="Qwen/Qwen3-8B",reason="capacity"} 90.0
            vllm:num_requests_waiting{engine="0",model_name="Qwen/Qwen3-8B"} 2.0
            vllm:num_requests_waiting{engine="1",model_name="Qwen/Qwen3-8B"} 1.0
            vllm:engine_sleep_state{engine="0",sleep_state="awake"} 1.0
            vllm:engine_sleep_state{engine="0",sleep_state="weights_offloaded"} 0.0
            """;

    @Override
    protected Engine engine() {
        return new VllmEngine();
    }

    @Override
    protected FakeUpstream itself() {
        return new FakeUpstream()
                .on("/health", FakeReply.text(200, "text/plain", ""))
                .on("/version", FakeReply.json("{\"version\":\"0.11.0\"}"))
                .on("/metrics", FakeReply.text(200, "text/plain; version=0.0.4", METRICS))
                .on("/v1/models", FakeReply.json("""
                        {"object":"list","data":[{"id":"Qwen/Qwen3-8B","object":"model","created":1,"owned_by":"vllm",
                         "root":"Qwen/Qwen3-8B","parent":null,"max_model_len":32768,"permission":[]},
                         {"id":"sql-lora","object":"model","owned_by":"vllm","parent":"Qwen/Qwen3-8B"}]}"""));
    }

    @Test
    void isRecognisedByWhoOwnsItsModels() throws Exception {
        assertThat(engine().fingerprint(itself())).isEqualTo(new Recognition.Recognised(Certainty.LISTING, "0.11.0"));
    }

    @Test
    void isRecognisedByItsMetricsWhereTheListIsClosed() throws Exception {
        FakeUpstream closed = itself().on("/v1/models", FakeReply.json(401, "{\"error\":\"Unauthorized\"}"));

        assertThat(engine().fingerprint(closed)).isEqualTo(new Recognition.Recognised(Certainty.UNIQUE, "0.11.0"));
        assertThat(engine().inspect(closed).reason()).contains("key");
    }

    @Test
    void isNotTakenForSglang() throws Exception {
        FakeUpstream sglang =
                itself().on("/v1/models", FakeReply.json("{\"data\":[{\"id\":\"a\",\"owned_by\":\"sglang\"}]}"));

        assertThat(engine().fingerprint(sglang)).isInstanceOf(Recognition.Stranger.class);
    }

    @Test
    void listsModelsAndAdaptersAsLoadedWithTheQueueOfAllItsCores() throws Exception {
        Inventory inventory = engine().inspect(itself());

        assertThat(inventory.version()).isEqualTo("0.11.0");
        assertThat(inventory.assets())
                .containsExactly(Asset.loaded("Qwen/Qwen3-8B").context(32768), Asset.loaded("sql-lora"));
        assertThat(inventory.queueDepth()).hasValue(3);
        assertThat(inventory.slots()).isEmpty();
    }

    @Test
    void saysNothingAboutTheQueueWithoutMetrics() throws Exception {
        FakeUpstream upstream = itself().on("/metrics", FakeReply.json(404, "{}"));

        assertThat(engine().inspect(upstream).queueDepth()).isEmpty();
        assertThat(engine().inspect(upstream).health()).isEqualTo(ServiceHealth.HEALTHY);
    }

    @Test
    void isUnhealthyWhenItsEngineDied() throws Exception {
        FakeUpstream upstream = itself().on("/health", FakeReply.text(503, "text/plain", ""));

        assertThat(engine().inspect(upstream).health()).isEqualTo(ServiceHealth.UNHEALTHY);
    }

    @Test
    void isUnhealthyWhileItSleeps() throws Exception {
        String asleep = METRICS.replace("\"awake\"} 1.0", "\"awake\"} 0.0");
        FakeUpstream upstream = itself().on("/metrics", FakeReply.text(200, "text/plain", asleep));

        assertThat(engine().inspect(upstream).reason()).contains("sleeps");
    }
}
