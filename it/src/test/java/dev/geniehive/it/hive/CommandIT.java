package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Flavor;
import dev.geniehive.it.engine.Knobs;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say, and how they end. */
@Tag("alone")
class CommandIT {
    @TempDir
    private static @Nullable Path folder;

    private static @Nullable FakeEngine running;
    private static @Nullable Hive started;
    private static @Nullable Command command;

    @BeforeAll
    static void start() {
        Path where = Fixture.present(folder);
        Path distribution = Distribution.unpackTo(where.resolve("dist"));
        FakeEngine engine = FakeEngine.start(Flavor.LLAMACPP, Knobs.defaults());
        running = engine;
        Hive hive = Hive.up(distribution, where.resolve("box"), Hive.services("llamacpp", engine.port()));
        started = hive;
        command = new Command(distribution, hive.home(), Map.of());
    }

    @AfterAll
    static void stop() {
        Fixture.closeAll(started, running);
    }

    @Test
    void showsHowTheHiveIs() throws Exception {
        Command.Ended ended = geniehive().run("status");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("ok", "1 of 1 service on 1 host");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void showsHostsServicesModelsAndPlugins() throws Exception {
        assertThat(geniehive().run("hosts").out())
                .containsPattern("HOST +STATUS")
                .containsPattern("box +online +1");
        assertThat(geniehive().run("services").out()).containsPattern("box/e1 +llamacpp +healthy +1");
        assertThat(geniehive().run("models").out()).containsPattern("fake-model +asset +true +8192 +1 +llamacpp");
        assertThat(geniehive().run("plugins").out())
                .contains("api-facade 'openai'", "engine 'llamacpp'")
                .doesNotContain("failed");
    }

    @Test
    void printsJsonForProgramsAndNothingElse() throws Exception {
        Command.Ended ended = geniehive().run("models", "--json");

        JsonNode json = new ObjectMapper().readTree(ended.out());
        assertThat(json.at("/data/0/id").asText()).isEqualTo("fake-model");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void saysWhyARequestGoesWhereItGoes() throws Exception {
        Command.Ended ended = geniehive().run("why", "fake-model");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).containsPattern("1 +box/e1 +fake-model").contains("loaded, healthy");
    }

    @Test
    void endsWith3WhereThereIsNothingOfThatName() throws Exception {
        Command.Ended ended = geniehive().run("why", "unheard-of");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.out())
                .startsWith("Nothing in the hive is called 'unheard-of'.")
                .doesNotContain("RANK");
    }

    @Test
    void endsWith4WhereTheKeyIsWrong() throws Exception {
        Command.Ended ended = geniehive().with("GENIEHIVE_API_KEY", "wrong").run("hosts");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("Nobody has the key");
    }

    @Test
    void endsWith5WhereNobodyAnswers() throws Exception {
        Command.Ended ended = geniehive().run("status", "--url", "http://127.0.0.1:1");

        assertThat(ended.exitCode()).isEqualTo(5);
        assertThat(ended.err()).contains("Nobody answers at http://127.0.0.1:1", "geniehive up");
    }

    @Test
    void endsWith2WhereTheCommandIsMisspelled() throws Exception {
        Command.Ended ended = geniehive().run("stats");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("stats", "status");
    }

    @Test
    void findsTheConfigurationGood() throws Exception {
        Command.Ended ended = geniehive().run("config", "validate");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("geniehive.yaml is good.");
    }

    @Test
    void namesAllProblemsOfABadConfigurationAndEndsWith78(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("geniehive.yaml"), """
                server: { prot: 1, max-body: 3XiB }
                routing: { attempts: 0 }
                agent:
                  simulator: sometimes
                  services:
                    - { name: "a b", url: "ftp://x" }
                """);
        Command elsewhere = new Command(geniehive().distribution(), home, Map.of());

        Command.Ended up = elsewhere.run("up", "--port", "0");
        Command.Ended validated = elsewhere.run("config", "validate");

        assertThat(up.exitCode()).isEqualTo(78);
        assertThat(validated.exitCode()).isEqualTo(78);
        for (String said : new String[] {up.err(), validated.err()}) {
            assertThat(said)
                    .contains("prot", "port")
                    .contains("max-body")
                    .contains("routing.attempts")
                    .contains("agent.simulator", "sometimes")
                    .contains("agent.services")
                    .contains("ftp://x")
                    .contains("geniehive.yaml:1:")
                    .doesNotContain("Exception", "\tat ");
        }
        assertThat(up.out()).isEmpty();
    }

    @Test
    void endsWith1AndAClearSentenceWhereThePortIsTaken(@TempDir Path home) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Command.Ended ended = new Command(geniehive().distribution(), home, Map.of())
                    .run("up", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err().lines().toList().getLast())
                    .contains("127.0.0.1:" + taken.getLocalPort(), "--port")
                    .endsWith(".");
            assertThat(ended.err()).doesNotContain("\tat ");
            assertThat(ended.out()).isEmpty();
        }
    }

    private static Command geniehive() {
        return Fixture.present(command);
    }
}
