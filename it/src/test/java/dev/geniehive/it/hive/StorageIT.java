package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database is away, or not what it should be. */
@Timeout(90)
class StorageIT {
    private static final String CONFIG = "agent: { name: box, discover: false }\n";
    private static final String CHAT =
            "{\"model\": \"simulated-model\", \"max_tokens\": 2, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";
    private static final String OPERATOR = "Authorization: Bearer " + Hive.ADMIN_KEY;

    @TempDir
    private static Path unpacked;

    private static Path distribution = Path.of(".");

    @BeforeAll
    static void unpack() {
        distribution = Distribution.unpackTo(unpacked);
    }

    @Test
    @Tag("long")
    void aLockedDatabaseStopsWhatHasToBeKeptAndNothingElse(@TempDir Path folder) throws Exception {
        try (Hive hive = Hive.up(distribution, folder, CONFIG)) {
            try (Connection stranger = DriverManager.getConnection(
                            "jdbc:sqlite:" + hive.home().resolve("geniehive.db"));
                    Statement lock = stranger.createStatement()) {
                lock.execute("BEGIN IMMEDIATE");

                Reply.post(hive, "/v1/cluster/keys", "{\"name\": \"late\"}", OPERATOR)
                        .refused(503, "service_unavailable_error", "storage_unavailable");
                assertThat(Reply.post(hive, "/v1/chat/completions", CHAT).status())
                        .isEqualTo(200);
                assertThat(Reply.getAsOperator(hive, "/v1/cluster/hosts").status())
                        .isEqualTo(200);
                Reply ready = Eventually.see(30, () -> Reply.get(hive, "/readyz?verbose"), it -> it.status() == 503);
                assertThat(ready.text()).contains("storage_unavailable");

                lock.execute("ROLLBACK");
            }

            Eventually.see(30, () -> Reply.get(hive, "/readyz"), ready -> ready.status() == 200);
            assertThat(Reply.post(hive, "/v1/cluster/keys", "{\"name\": \"late\"}", OPERATOR)
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aDamagedDatabaseIsKeptAndTheStartSaysTheWayOut(@TempDir Path folder) throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        byte[] rubbish = "this was a database once, and then the disk was bad. "
                .repeat(200)
                .getBytes(StandardCharsets.UTF_8);
        Files.write(home.resolve("geniehive.db"), rubbish);

        Process refused = new ProcessBuilder(
                        distribution.resolve("bin/geniehive").toString(),
                        "up",
                        "--port",
                        "0",
                        "--home",
                        home.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(refused.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(refused.exitValue()).isEqualTo(1);
        assertThat(said).contains("geniehive.db").contains("damaged").contains("move it away");
        assertThat(Files.readAllBytes(home.resolve("geniehive.db"))).isEqualTo(rubbish);
    }
}
