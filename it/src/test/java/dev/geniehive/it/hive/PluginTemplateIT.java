package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PluginTemplateIT {
    private static final String CONFIGURATION = """
            routing: { ranking: prefer-host }
            plugins:
              com.example.preferhost: { hosts: [box] }
            agent: { name: box, discover: false, simulator: always }
            """;

    @Test
    @Timeout(120)
    void isTakenUpByARunningHiveAndDecidesFromThenOn(@TempDir Path folder) throws Exception {
        Path distribution = Distribution.unpackTo(Files.createDirectories(folder.resolve("distribution")));
        Path jar = PluginTemplate.here().jar(distribution, Files.createDirectories(folder.resolve("work")));
        Path dropped =
                Files.createDirectories(folder.resolve("hive/home/plugins")).resolve("prefer-host.jar");
        try (Hive hive = Hive.up(distribution, folder.resolve("hive"), CONFIGURATION)) {
            assertThat(ask(hive, "/readyz?verbose")).contains("prefer-host").contains("not ready");

            Files.copy(jar, dropped);

            awaitText(hive, "/v1/cluster/plugins", """
                    {"id":"com.example.preferhost","version":"0.1.0","state":"started","file":"plugins/prefer-host.jar",\
                    "requires":">=0.1.0 & <0.2.0","extensions":["ranking-policy 'prefer-host'"],"problems":[],"notes":[]}""");
            awaitText(hive, "/readyz?verbose", "\"ok\"");
            assertThat(ask(hive, "/v1/cluster/routes/resolve?model=simulated-model"))
                    .contains("box is preferred machine 1, 0 in flight");
        }
    }

    /** The folder is watched; how soon a new file is seen depends on the system. */
    private static void awaitText(Hive hive, String path, String text) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        String seen = ask(hive, path);
        while (!seen.contains(text) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            seen = ask(hive, path);
        }
        assertThat(seen).contains(text);
    }

    private static String ask(Hive hive, String path) throws IOException {
        try (RawClient client = RawClient.connect(hive.port())) {
            client.get(path, "Authorization: Bearer " + Hive.ADMIN_KEY).head();
            return client.text();
        }
    }
}
