package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are dropped into the home of a running hive. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginDropIT {
    private static final int PATIENCE_SECONDS = 20;

    private final Path distribution;
    private final Path plugins;
    private final Hive hive;

    PluginDropIT(@TempDir Path folder) throws IOException {
        distribution = Distribution.unpackTo(folder.resolve("unpacked"));
        hive = Hive.up(distribution, folder, "agent: { name: box, discover: false, simulator: always }\n");
        plugins = Files.createDirectories(hive.home().resolve("plugins"));
    }

    @AfterAll
    void stop() {
        hive.close();
    }

    @AfterEach
    void nothingElseWasHarmed() throws Exception {
        Outcome outcome = Outcome.of(hive.port(), "simulated-model", false);
        assertThat(outcome.status()).as(outcome.text()).isEqualTo(200);
    }

    @Test
    void areLiveAtOnceReplacedAtOnceGoneAtOnceAndCollected() throws Exception {
        Path jar = plugins.resolve("hello.jar");
        assertThat(get("/v1/hello").status()).isEqualTo(404);

        new PluginJar("acme.hello").into(distribution, jar);
        awaitHello("hello 1.0.0");
        new PluginJar("acme.hello").version("1.1.0").into(distribution, jar);
        awaitHello("hello 1.1.0");
        assertThat(plugin("acme.hello")).contains("\"version\":\"1.1.0\"", "\"state\":\"started\"");
        Eventually.see(PATIENCE_SECONDS, () -> generations("acme.hello"), count -> count == 1);

        Files.delete(jar);
        Eventually.see(PATIENCE_SECONDS, () -> get("/v1/hello").status(), status -> status == 404);
        Eventually.see(PATIENCE_SECONDS, () -> generations("acme.hello"), count -> count == 0);
        assertThat(hive.process().isAlive()).isTrue();
    }

    @Test
    void stayAsTheyAreIfTheirReplacementIsBroken() throws Exception {
        Path jar = plugins.resolve("steady.jar");
        new PluginJar("acme.steady").answering("steady").into(distribution, jar);
        Eventually.see(PATIENCE_SECONDS, () -> get("/v1/steady").text(), "steady 1.0.0"::equals);

        new PluginJar("acme.steady")
                .answering("steady")
                .version("2.0.0")
                .making("if (true) throw new IllegalStateException(\"no licence\");")
                .into(distribution, jar);
        String told =
                Eventually.see(PATIENCE_SECONDS, () -> plugin("acme.steady"), plugin -> plugin.contains("CONSTRUCTOR"));

        assertThat(told).contains("\"version\":\"1.0.0\"", "\"state\":\"started\"", "2.0.0", "no licence");
        assertThat(get("/v1/steady").text()).isEqualTo("steady 1.0.0");
    }

    @Test
    void thatAreBrokenAreNamedWithTheReason() throws Exception {
        Map<String, PluginJar> broken = new LinkedHashMap<>();
        broken.put("API_VERSION", new PluginJar("bad.api").manifest("Plugin-Requires", ">=9.0.0"));
        broken.put("BAD_VERSION", new PluginJar("bad.version").version("latest"));
        broken.put("BAD_DEPENDENCY", new PluginJar("bad.dependency").manifest("Plugin-Dependencies", "acme?@>=1.0.0"));
        broken.put("MISSING_PLUGIN", new PluginJar("bad.alone").manifest("Plugin-Dependencies", "acme.ghost@>=1.0.0"));
        broken.put("NO_DESCRIPTOR", new PluginJar("bad.silent").without("Plugin-Id"));
        broken.put("NOT_A_MODULE", new PluginJar("bad.shape").module(""));
        broken.put("NO_PROVIDER", new PluginJar("bad.provider").module("requires dev.geniehive.api;"));
        broken.put(
                "FORBIDDEN_REQUIRES",
                new PluginJar("bad.curious")
                        .module("requires dev.geniehive.api; requires dev.geniehive.kernel; "
                                + "provides dev.geniehive.api.spi.GeniePlugin with bad.curious.Main;"));
        broken.put("CONSTRUCTOR", new PluginJar("bad.maker").making("Integer.parseInt(\"none\");"));
        for (PluginJar plugin : broken.values()) {
            plugin.into(distribution, plugins.resolve(plugin + ".jar"));
        }
        Files.writeString(plugins.resolve("bad.archive.jar"), "this is no jar");
        new PluginJar("acme.fine").answering("fine").into(distribution, plugins.resolve("fine.jar"));

        Eventually.see(PATIENCE_SECONDS, () -> get("/v1/fine").text(), "fine 1.0.0"::equals);
        for (Map.Entry<String, PluginJar> bad : broken.entrySet()) {
            String id = bad.getKey().equals("NO_DESCRIPTOR")
                    ? "bad.silent.jar"
                    : bad.getValue().toString();
            assertRefused(id, bad.getKey());
        }
        assertRefused("bad.archive.jar", "BAD_ARCHIVE");
    }

    private void assertRefused(String id, String code) throws Exception {
        String told = Eventually.see(PATIENCE_SECONDS, () -> plugin(id), plugin -> plugin.contains("\"problems\":[{"));
        assertThat(told)
                .contains("\"state\":\"failed\"", "\"code\":\"%s\"".formatted(code))
                .containsPattern("\"message\":\"[^\"]{15}");
    }

    private void awaitHello(String text) throws Exception {
        Eventually.see(PATIENCE_SECONDS, () -> get("/v1/hello").text(), text::equals);
    }

    private Outcome get(String path) throws IOException {
        try (RawClient client = RawClient.connect(hive.port())) {
            client.get(path);
            return Outcome.read(client);
        }
    }

    /** {@return the plugin's entry in the list, empty if it is not there} */
    private String plugin(String id) throws IOException {
        String list = Outcome.get(hive.port(), "/v1/cluster/plugins");
        int start = list.indexOf("{\"id\":\"%s\"".formatted(id));
        int next = start < 0 ? -1 : list.indexOf("{\"id\":\"", start + 1);
        return start < 0 ? "" : next < 0 ? list.substring(start) : list.substring(start, next);
    }

    /** {@return in how many versions of its the plugin is in memory; the collector has run before it is counted} */
    private long generations(String id) throws Exception {
        return Jcmd.of(hive, "GC.class_histogram")
                .lines()
                .filter(line -> line.matches(".*\\s%s\\.HelloFacade(\\s.*)?".formatted(id)))
                .count();
    }
}
