package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.geniehive.it.client.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distribution in front of engines that others wrote, used by OpenAI's SDK for Python. See docs/real-engines.md. */
@Tag("real-engines")
@Timeout(180)
class RealEnginesIT {
    private static final int USUAL_PORT = 8080;
    private static final Duration FREED = Duration.ofSeconds(2);

    @TempDir
    private static Path unpacked;

    private static @Nullable Path distribution;
    private static @Nullable RealEngines engines;

    @BeforeAll
    @Timeout(3600)
    static void getReady() throws Exception {
        engines = RealEngines.ready();
        distribution = Distribution.unpackTo(unpacked);
    }

    @Test
    void findsLlamaServerOnItsUsualPort(@TempDir Path folder) throws Exception {
        assumeThat(RealEngine.isFree(USUAL_PORT))
                .as("port %d is free", USUAL_PORT)
                .isTrue();

        try (RealEngine _ = RealEngine.llamaServer(engines(), folder.resolve("engine.log"), USUAL_PORT);
                Hive hive = Hive.up(distribution(), folder, "agent: { name: box }\n")) {
            assertThat(String.join("\n", hive.output()))
                    .contains("llamacpp")
                    .contains(RealEngine.MODEL)
                    .doesNotContain("simulated");
        }
    }

    @Test
    void servesOpenAisSdkFromLlamaServer(@TempDir Path folder) throws Exception {
        try (RealEngine engine =
                        RealEngine.llamaServer(engines(), folder.resolve("engine.log"), RealEngine.freePort());
                Hive hive = Hive.up(distribution(), folder, Hive.services("llamacpp", engine.port()))) {
            assertThat(engines().useOpenAiSdk(hive, RealEngine.MODEL, String.valueOf(RealEngine.CONTEXT)))
                    .isZero();
        }
    }

    @Test
    void servesOpenAisSdkFromLlamaCppPython(@TempDir Path folder) throws Exception {
        assumeThat(engines().hasLlamaCppPython())
                .as("llama-cpp-python is set up")
                .isTrue();

        try (RealEngine engine =
                        RealEngine.llamaCppPython(engines(), folder.resolve("engine.log"), RealEngine.freePort());
                Hive hive = Hive.up(distribution(), folder, oneAtATime(engine.port()))) {
            assertThat(engines().useOpenAiSdk(hive, RealEngine.MODEL, String.valueOf(RealEngine.CONTEXT)))
                    .isZero();
        }
    }

    @Test
    void servesEmbeddingsToOpenAisSdk(@TempDir Path folder) throws Exception {
        try (RealEngine engine = RealEngine.llamaServer(
                        engines(),
                        folder.resolve("engine.log"),
                        RealEngine.freePort(),
                        "--embeddings",
                        "--pooling",
                        "mean");
                Hive hive = Hive.up(distribution(), folder, Hive.services("llamacpp", engine.port()))) {
            assertThat(engines().useOpenAiSdk(hive, RealEngine.MODEL, "embeddings"))
                    .isZero();
        }
    }

    @Test
    void freesTheSlotOfAClientThatHangsUp(@TempDir Path folder) throws Exception {
        try (RealEngine engine =
                        RealEngine.llamaServer(engines(), folder.resolve("engine.log"), RealEngine.freePort());
                Hive hive = Hive.up(distribution(), folder, Hive.services("llamacpp", engine.port()))) {
            try (RawClient client = RawClient.connect(hive.port())) {
                client.post("/v1/chat/completions", """
                        {"model": "%s", "stream": true, "messages": [{"role": "user", "content": "Go on."}]}""".formatted(RealEngine.MODEL));
                assertThat(client.head().status()).isEqualTo(200);
                assertThat(client.chunk()).isPresent();
                assertThat(busy(engine)).isTrue();
            }
            long hungUp = System.nanoTime();

            while (busy(engine) && System.nanoTime() - hungUp < FREED.toNanos()) {
                Thread.onSpinWait();
            }

            assertThat(busy(engine))
                    .as("busy after " + Duration.ofNanos(System.nanoTime() - hungUp))
                    .isFalse();
        }
    }

    /** {@return the configuration that llama-cpp-python wants: it does not say that it can do only one thing at once} */
    private static String oneAtATime(int port) {
        return """
                agent:
                  name: box
                  discover: false
                  simulator: never
                  services:
                    - { name: python, url: "http://127.0.0.1:%d", max-concurrent: 1 }
                """.formatted(port);
    }

    private static boolean busy(RealEngine engine) throws Exception {
        return engine.get("/slots").body().replace(" ", "").contains("\"is_processing\":true");
    }

    private static RealEngines engines() {
        return Objects.requireNonNull(engines);
    }

    private static Path distribution() {
        return Objects.requireNonNull(distribution);
    }
}
