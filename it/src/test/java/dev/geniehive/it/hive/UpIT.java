package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
    @TempDir
    private static Path unpacked;

    private static Path distribution = Path.of(".");

    @BeforeAll
    static void unpack() {
        distribution = Distribution.unpackTo(unpacked);
    }

    @Test
    void saysWhatItFoundWhereItListensWhereTheKeyIsAndWhatToTypeNext(@TempDir Path folder) throws Exception {
        try (Hive hive = Hive.up(distribution, folder, "agent: { name: box, discover: false }\n")) {
            String terminal = String.join("\n", hive.output());

            assertThat(terminal)
                    .contains("simulator")
                    .contains("Listening  " + hive.url() + "/v1")
                    .contains(hive.home().resolve("credentials").toString())
                    .contains("curl -N " + hive.url() + "/v1/chat/completions")
                    .doesNotContain(Hive.ADMIN_KEY);
        }
    }

    @Test
    void answersAStreamedChatFromTheSimulatorAndMarksItAsSuch(@TempDir Path folder) throws Exception {
        try (Hive hive = Hive.up(distribution, folder, "agent: { name: box, discover: false }\n");
                RawClient client = RawClient.connect(hive.port())) {
            client.post("/v1/chat/completions", """
                    {"model": "simulated-model", "stream": true, "max_tokens": 4,
                     "messages": [{"role": "user", "content": "Hello"}]}""");

            RawClient.Head head = client.head();
            String events = client.text();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("x-geniehive-simulated")).contains("true");
            assertThat(events).contains("[simulated]").endsWith("data: [DONE]\n\n");
        }
    }
}
