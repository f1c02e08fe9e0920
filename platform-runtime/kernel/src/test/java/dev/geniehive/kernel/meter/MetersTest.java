package dev.geniehive.kernel.meter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Labels CHAT = new Labels(Operation.CHAT, "llama");
    private static final String OF_CHAT = "gen_ai_operation_name=\"chat\",gen_ai_request_model=\"llama\"";

    private final Meters meters = new Meters(5);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void usesTheNamesOfTheContract() {
        meters.requestSucceeded(CHAT, Duration.ofMillis(1500));
        meters.requestFailed(CHAT, "upstream_failed", Duration.ofMillis(10));
        meters.firstToken(CHAT, Duration.ofMillis(180));
        meters.timePerToken(CHAT, Duration.ofMillis(24));
        meters.tokens(CHAT, TokenType.INPUT, 100);
        meters.tokens(CHAT, TokenType.OUTPUT, 20);
        meters.failedOver("llama", "upstream_failed");
        meters.pluginCalled("openai", "invoke", true, Duration.ofMillis(2));

        assertThat(lines())
                .contains(
                        "gen_ai_server_request_duration_seconds_sum{error_type=\"\"," + OF_CHAT + "} 1.5",
                        "gen_ai_server_request_duration_seconds_count{error_type=\"upstream_failed\"," + OF_CHAT
                                + "} 1",
                        "gen_ai_server_request_duration_seconds_bucket{error_type=\"\"," + OF_CHAT + ",le=\"1.28\"} 0",
                        "gen_ai_server_request_duration_seconds_bucket{error_type=\"\"," + OF_CHAT + ",le=\"2.56\"} 1",
                        "gen_ai_server_time_to_first_token_seconds_sum{" + OF_CHAT + "} 0.18",
                        "gen_ai_server_time_per_output_token_seconds_sum{" + OF_CHAT + "} 0.024",
                        "gen_ai_client_token_usage_sum{" + OF_CHAT + ",gen_ai_token_type=\"input\"} 100.0",
                        "gen_ai_client_token_usage_sum{" + OF_CHAT + ",gen_ai_token_type=\"output\"} 20.0",
                        "geniehive_failovers_total{gen_ai_request_model=\"llama\",reason=\"upstream_failed\"} 1.0",
                        "geniehive_plugin_call_duration_seconds_count{call=\"invoke\",outcome=\"ok\",plugin=\"openai\"}"
                                + " 1");
    }

    @Test
    void countsWhatRunsUntilItIsClosed() {
        try (Running first = meters.running(CHAT);
                Running _ = meters.running(CHAT)) {
            assertThat(lines()).contains("geniehive_in_flight_requests{" + OF_CHAT + "} 2.0");
            first.close();
            first.close();
            assertThat(lines()).contains("geniehive_in_flight_requests{" + OF_CHAT + "} 1.0");
        }

        assertThat(lines()).contains("geniehive_in_flight_requests{" + OF_CHAT + "} 0.0");
    }

    @Test
    void countsTogetherWhatIsMoreThanTheLimit() {
        for (int i = 0; i < 50; i++) {
            meters.failedOver("model-" + i, "timeout");
        }

        assertThat(lines().stream().filter(line -> line.startsWith("geniehive_failovers_total")))
                .hasSize(6);
        assertThat(lines()).contains("geniehive_failovers_total{gen_ai_request_model=\"other\",reason=\"other\"} 45.0");
    }

    @Test
    void showsGaugesUntilTheyAreClosed() {
        Shown gauge = meters.gauge("geniehive.hosts", "Hosts.", Map.of("status", "online"), () -> 3);
        assertThat(lines()).contains("geniehive_hosts{status=\"online\"} 3.0");

        Shown newer = meters.gauge("geniehive.hosts", "Hosts.", Map.of("status", "online"), () -> 4);
        gauge.close();
        assertThat(lines()).contains("geniehive_hosts{status=\"online\"} 4.0");

        newer.close();
        assertThat(lines()).noneMatch(line -> line.startsWith("geniehive_hosts"));
    }

    @Test
    void showsNoMoreGaugesThanTheLimit() {
        for (int i = 0; i < 50; i++) {
            meters.gauge("geniehive.gpu", "A GPU.", Map.of("id", "gpu-" + i), () -> 1);
        }

        assertThat(lines().stream().filter(line -> line.startsWith("geniehive_gpu{")))
                .hasSize(5);
    }

    @Test
    void tellsAboutTheProcessItself() {
        assertThat(lines())
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
                .anyMatch(line -> line.startsWith("process_uptime_seconds "));
    }

    @Test
    void speaksTheFormatThatIsAskedFor() {
        Scrape plain = meters.scrape("text/html, */*");
        Scrape open = meters.scrape("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        assertThat(plain.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(plain.text()).doesNotContain("# EOF");
        assertThat(open.contentType()).isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.text()).endsWith("# EOF\n");
    }

    private List<String> lines() {
        return meters.scrape("").text().lines().toList();
    }
}
