package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysIT {
    private static final String CONFIG = "agent: { name: box, discover: false }\naccess: { require-keys: true }\n";

    @TempDir
    private static Path unpacked;

    private static Path distribution = Path.of(".");

    @BeforeAll
    static void unpack() {
        distribution = Distribution.unpackTo(unpacked);
    }

    @Test
    void countFromTheMomentTheyAreMadeOverAKillUntilTheyAreRevoked(@TempDir Path folder) throws Exception {
        String key;
        try (Hive hive = Hive.up(distribution, folder, CONFIG)) {
            key = made(hive, "{\"name\": \"laptop\"}");
            assertThat(chat(hive, key, "simulated-model")).isEqualTo(200);

            hive.process().destroyForcibly();
            assertThat(hive.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        }

        try (Hive hive = Hive.up(distribution, folder, CONFIG)) {
            assertThat(chat(hive, key, "simulated-model")).isEqualTo(200);
            assertThat(asOperator(hive, "DELETE", "/v1/cluster/keys/laptop", "").status())
                    .isEqualTo(200);
            assertThat(chat(hive, key, "simulated-model")).isEqualTo(401);
            assertThat(Files.readString(folder.resolve("stderr.log"))).doesNotContain(key);
        }
    }

    @Test
    void areHeldToTheirModels(@TempDir Path folder) throws Exception {
        try (Hive hive = Hive.up(distribution, folder, CONFIG)) {
            String guest = made(hive, "{\"name\": \"guest\", \"models\": [\"other-*\"]}");

            assertThat(chat(hive, guest, "simulated-model")).isEqualTo(403);
            try (RawClient client = RawClient.connect(hive.port())) {
                client.get("/v1/models", "authorization: Bearer " + guest);
                client.head();
                assertThat(client.text()).contains("\"data\":[]");
            }
        }
    }

    @Test
    void keepASecondProcessFromTheSameHome(@TempDir Path folder) throws Exception {
        try (Hive hive = Hive.up(distribution, folder, CONFIG)) {
            Process second = new ProcessBuilder(
                            distribution.resolve("bin/geniehive").toString(),
                            "up",
                            "--port",
                            "0",
                            "--home",
                            hive.home().toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(said).contains("process " + hive.process().pid()).contains("--home");
        }
    }

    private static String made(Hive hive, String wanted) throws Exception {
        Answered answered = asOperator(hive, "POST", "/v1/cluster/keys", wanted);
        assertThat(answered.status()).isEqualTo(201);
        return answered.body().replaceFirst("(?s).*\"key\":\"([^\"]+)\".*", "$1");
    }

    private static int chat(Hive hive, String key, String model) throws Exception {
        try (RawClient client = RawClient.connect(hive.port())) {
            client.post(
                    "/v1/chat/completions",
                    "{\"model\": \"%s\", \"max_tokens\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}"
                            .formatted(model),
                    "authorization: Bearer " + key);
            return client.head().status();
        }
    }

    private record Answered(int status, String body) {}

    private static Answered asOperator(Hive hive, String method, String path, String body) throws Exception {
        try (RawClient client = RawClient.connect(hive.port())) {
            client.request(method, path, body, "authorization: Bearer " + Hive.ADMIN_KEY);
            int status = client.head().status();
            return new Answered(status, client.text());
        }
    }
}
