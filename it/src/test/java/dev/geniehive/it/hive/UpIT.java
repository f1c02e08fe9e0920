package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("alone")
class UpIT {
    private static final String SIMULATED_CHAT = """
            {"model": "simulated-model", "stream": true, "max_tokens": 4,
             "messages": [{"role": "user", "content": "Hello"}]}""";

    @TempDir
    private static Path unpacked;

    private static Path distribution = Path.of(".");

    @BeforeAll
    static void unpack() {
        distribution = Distribution.unpackTo(unpacked);
    }

    @Test
    void saysWhatItFoundWhereItListensWhereTheKeyIsAndWhatToTypeNextAndAnswers(@TempDir Path folder) throws Exception {
        try (Hive hive = Hive.up(distribution, folder, "agent: { name: box, discover: false }\n");
                RawClient client = RawClient.connect(hive.port())) {
            assertThat(String.join("\n", hive.output()))
                    .contains("Found      simulator (its answers are made up), healthy, serves simulated-model")
                    .contains("Listening  " + hive.url() + "/v1")
                    .contains(hive.home().resolve("credentials").toString())
                    .contains("curl -N " + hive.url() + "/v1/chat/completions")
                    .contains("\"model\": \"simulated-model\"")
                    .doesNotContain(Hive.ADMIN_KEY)
                    .doesNotContain("null", "Optional");

            client.post("/v1/chat/completions", SIMULATED_CHAT);
            RawClient.Head head = client.head();
            String events = client.text();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("x-geniehive-simulated")).contains("true");
            assertThat(events).contains("[simulated]").endsWith("data: [DONE]\n\n");
            JsonNode health = Reply.getAsOperator(hive, "/v1/cluster/health").json();
            assertThat(health.get("status").asText()).isEqualTo("degraded");
            assertThat(health.at("/problems/0/what").asText()).contains("simulated");
        }
    }

    @Test
    void adoptsWhatRunsOnTheUsualPortsAndFallsBackToTheSimulatorWhenAllIsGone(@TempDir Path folder) throws Exception {
        List<FakeEngine> engines = new ArrayList<>();
        Stream.of(Flavor.LLAMACPP, Flavor.OLLAMA, Flavor.VLLM)
                .filter(flavor -> isFree(usualPort(flavor)))
                .forEach(flavor -> engines.add(FakeEngine.start(
                        flavor,
                        Knobs.defaults().with("models", model(flavor)).with("loaded", model(flavor)),
                        usualPort(flavor))));
        assumeTrue(!engines.isEmpty(), "all usual ports are taken on this machine");
        try (Hive hive = Hive.up(distribution, folder, "agent: { name: box }\n")) {
            String terminal = String.join("\n", hive.output());
            for (FakeEngine engine : engines) {
                assertThat(terminal)
                        .contains(" at " + engine.uri() + ", healthy")
                        .contains(model(engine.flavor()));
                Reply chat = Reply.post(hive, "/v1/chat/completions", """
                        {"model": "%s", "messages": []}""".formatted(model(engine.flavor())));
                assertThat(chat.status()).as(chat.text()).isEqualTo(200);
                assertThat(chat.text()).contains("tok0");
            }
            assertThat(terminal).doesNotContain("simulator");
            assertThat(Reply.getAsOperator(hive, "/v1/cluster/services").text())
                    .contains("\"" + engines.getFirst().flavor().name().toLowerCase(Locale.ROOT) + "\"");
            assumeTrue(engines.size() == 3, "somebody else's server is on a usual port and stays");

            engines.forEach(FakeEngine::close);

            JsonNode health = Eventually.see(
                    30,
                    () -> Reply.getAsOperator(hive, "/v1/cluster/health").json(),
                    json -> json.at("/services/healthy").asInt() == 1
                            && json.get("problems").toString().contains("simulated"));
            assertThat(health.get("status").asText()).isEqualTo("degraded");
            assertThat(health.get("problems").toString()).contains("unreachable");
            assertThat(Reply.get(hive, "/v1/models").json().get("data"))
                    .hasSize(1)
                    .allSatisfy(
                            only -> assertThat(only.at("/geniehive/simulated").asBoolean())
                                    .isTrue());
            Reply.post(
                            hive,
                            "/v1/chat/completions",
                            "{\"model\": \"%s\", \"messages\": []}".formatted(model(Flavor.VLLM)))
                    .refused(503, "service_unavailable_error", "no_healthy_service");
        } finally {
            engines.forEach(FakeEngine::close);
        }
    }

    @Test
    void finishesARunningStreamWhenItIsToldToStop(@TempDir Path folder) throws Exception {
        try (FakeEngine engine = FakeEngine.start(
                        Flavor.OPENAI, Knobs.defaults().with("tokens", 15).with("token-ms", 100));
                Hive hive = Hive.up(distribution, folder, Hive.services("openai-compatible", engine.port()));
                RawClient client = RawClient.connect(hive.port())) {
            assertThat(String.join("\n", hive.output()))
                    .contains("e1: openai-compatible at " + engine.uri() + ", healthy, serves fake-model");
            client.post("/v1/chat/completions", "{\"model\": \"fake-model\", \"stream\": true, \"messages\": []}");
            assertThat(client.head().status()).isEqualTo(200);
            client.chunk();

            hive.process().destroy();
            String rest = client.text();

            assertThat(rest).contains("tok14").endsWith("data: [DONE]\n\n");
            assertThat(hive.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(hive.process().exitValue()).isIn(0, 143);
            assertThat(engine.seen())
                    .allSatisfy(seen -> assertThat(seen.hungUpMs()).isEmpty());
        }
    }

    private static int usualPort(Flavor flavor) {
        return switch (flavor) {
            case LLAMACPP -> 8080;
            case OLLAMA -> 11434;
            case VLLM -> 8000;
            default -> throw new IllegalArgumentException("not started here: " + flavor);
        };
    }

    private static String model(Flavor flavor) {
        return switch (flavor) {
            case LLAMACPP -> "gemma-3";
            case OLLAMA -> "qwen3:8b";
            case VLLM -> "meta/llama-3";
            default -> "gpt";
        };
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
