package dev.geniehive.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.tuple;

import dev.geniehive.api.host.ConfigView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir
    private Path home;

    private ConfigFiles files;

    @BeforeEach
    void prepare() {
        files = new ConfigFiles(home);
    }

    @Test
    void takesFlagBeforeEnvironmentBeforeFileBeforeDefault() {
        files.write("server: { port: 1, host: file, max-body: 1KiB }\n");
        ConfigSources sources = files.with("GENIEHIVE_SERVER_PORT", "2")
                .with("GENIEHIVE_SERVER_HOST", "environment")
                .sources()
                .withSetting("server.port", "3", "--port");

        ConfigView server = Configuration.load(sources).section("server");

        assertThat(server.integer("port")).hasValue(3);
        assertThat(server.string("host")).contains("environment");
        assertThat(server.bytes("max-body")).hasValue(1024);
        assertThat(server.duration("drain-timeout")).contains(Duration.ofSeconds(30));
    }

    @Test
    void asksNeitherFileNorEnvironmentAboutASectionOfAnotherProcess() {
        files.write("server: { port: 1, hots: typo }\naccess: { require-keys: true }\n");
        ConfigSources sources = files.with("GENIEHIVE_SERVER_PORT", "2")
                .with("GENIEHIVE_SERVER_HOST", "environment")
                .sources()
                .without("server")
                .withSetting("server.port", "3", "--port");

        Configuration configuration = Configuration.load(sources);
        ServerConfig server = ServerConfig.from(configuration);

        assertThat(server.port()).isEqualTo(3);
        assertThat(server.host()).isEqualTo("127.0.0.1");
        assertThat(configuration.section("access").string("require-keys")).contains("true");
        assertThatNoException().isThrownBy(configuration::check);
    }

    @Test
    void takesAJoinTokenFromFlagAndEnvironmentAndNotFromTheFile() {
        files.write("agent: { join: http://elsewhere, join-token: ght-file }\n");
        Configuration written = files.load();
        written.section("agent").string("join");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(written::check)
                .withMessageContaining("agent.join")
                .withMessageContaining("agent.join-token")
                .withMessageNotContaining("ght-file");

        files.write("");
        Configuration given = Configuration.load(files.with("GENIEHIVE_AGENT_JOIN_TOKEN", "ght-env")
                .sources()
                .withSetting("agent.join", "http://control:7833", "--join"));
        given.section("agent").bool("discover");

        assertThatNoException().isThrownBy(given::check);
        assertThat(given.section("agent").string("join-token")).contains("ght-env");
        assertThat(given.show()).noneSatisfy(shown -> assertThat(shown.value()).contains("ght-env"));
        assertThat(given.show()).anySatisfy(shown -> assertThat(shown.value()).contains("http://control:7833"));
    }

    @Test
    void findsTheVariableOfAKeyWithDashes() {
        Configuration configuration =
                files.with("GENIEHIVE_ROUTING_FIRST_BYTE_TIMEOUT", "7m").load();

        assertThat(configuration.section("routing").duration("first-byte-timeout"))
                .contains(Duration.ofMinutes(7));
        assertThat(configuration.unknownKeys()).isEmpty();
    }

    @Test
    void looksForTheFileInTheOrderOfTheContract() throws IOException {
        Path named = Files.writeString(home.resolve("named.yaml"), "server: { host: flag }\n");
        Path variable = Files.writeString(home.resolve("variable.yaml"), "server: { host: variable }\n");
        Files.writeString(home.resolve("system.yaml"), "server: { host: system }\n");

        assertThat(host(files.sources())).isEqualTo("system");
        files.write("server: { host: home }\n");
        assertThat(host(files.sources())).isEqualTo("home");
        ConfigSources byVariable =
                files.with("GENIEHIVE_CONFIG", variable.toString()).sources();
        assertThat(host(byVariable)).isEqualTo("variable");
        assertThat(host(byVariable.withFile(named))).isEqualTo("flag");
    }

    @Test
    void refusesANamedFileThatIsNotThere() {
        Configuration configuration = Configuration.load(files.sources().withFile(Path.of("/nowhere/x.yaml")));

        assertThat(configuration.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly("flag --config: the file '/nowhere/x.yaml' does not exist");
    }

    @Test
    void tellsAllProblemsAtOnceNumberedWithTheirPlace() {
        files.write("server:\n  port: abc\n  prot: 1\n  drain-timeout: 30\nsrever: {}\n");
        Configuration configuration =
                files.with("GENIEHIVE_SERVER_MAX_BODY", "huge").load();
        ServerConfig.from(configuration);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(configuration::check)
                .withMessage("""
                        The configuration has 5 problems:
                          1. FILE:2:9: server.port: expected a whole number, was 'abc'
                          2. env GENIEHIVE_SERVER_MAX_BODY: server.max-body: expected a size such as 512B, 64KiB, 1MB or 8GiB, was 'huge'
                          3. FILE:4:18: server.drain-timeout: expected a time such as 250ms, 30s, 5m or 2h, was '30'
                          4. FILE:3:3: server.prot: unknown key; did you mean 'port'?
                          5. FILE:5:1: srever: unknown key; did you mean 'server'?""".replace("FILE", files.file().toString()));
    }

    @Test
    void pointsToTheSectionOfAKeyThatStandsInTheWrongOne() {
        Configuration configuration = files.load("port: 80\n");
        ServerConfig.from(configuration);

        assertThat(configuration.unknownKeys())
                .extracting(ConfigProblem::message)
                .containsExactly("unknown key; did you mean 'server.port'?");
    }

    @Test
    void passesSectionsThatAreKnownButAbsentHere() {
        Configuration configuration = files.with("GENIEHIVE_HEARTBEAT_INTERVAL", "2s")
                .load("heartbeat: { interval: 1s }\nroles: { a: { x: 1 } }\nplugins: { other: { y: 1 } }\n");
        configuration.plugin("mine").string("key");

        assertThatNoException().isThrownBy(configuration::check);
        assertThat(configuration.notices())
                .containsExactly(files.file() + ":3:12: no plugin 'other' is here, so 'plugins.other' is not used");
    }

    @Test
    void findsUnknownKeysInListsAndInSectionsOfPlugins() {
        Configuration configuration = files.load("""
                agent:
                  services:
                    - { name: a, urll: "http://x" }
                plugins:
                  dev.geniehive.plugin.openai: { connect-timout: 1s, headers: { a: b } }
                """);
        for (ConfigView service : configuration.section("agent").sections("services")) {
            service.string("name");
            service.string("url");
        }
        ConfigView plugin = configuration.plugin("dev.geniehive.plugin.openai");
        plugin.duration("connect-timeout");
        plugin.section("headers").string("b");

        assertThat(configuration.unknownKeys())
                .extracting(ConfigProblem::key, ConfigProblem::message)
                .containsExactly(
                        tuple("agent.services[0].urll", "unknown key; did you mean 'url'?"),
                        tuple(
                                "plugins.dev.geniehive.plugin.openai.connect-timout",
                                "unknown key; did you mean 'connect-timeout'?"),
                        tuple("plugins.dev.geniehive.plugin.openai.headers.a", "unknown key; did you mean 'b'?"));
    }

    @Test
    void readsPluginKeysFromFlagsAndVariables() {
        Configuration configuration = Configuration.load(files.with("GENIEHIVE_PLUGINS_OPENAI_RETRIES", "4")
                .sources()
                .withSettings(Map.of("plugins.openai.connect-timeout", "3s"), "--set"));
        ConfigView plugin = configuration.plugin("openai");

        assertThat(plugin.integer("retries")).hasValue(4);
        assertThat(plugin.duration("connect-timeout")).contains(Duration.ofSeconds(3));
        assertThatNoException().isThrownBy(configuration::check);
    }

    @Test
    void findsFlagsAndVariablesThatNobodyKnows() {
        Configuration configuration = Configuration.load(files.with("GENIEHIVE_SERVER_PROT", "1")
                .with("GENIEHIVE_PORT", "tcp://10.0.0.1:80")
                .with("GENIEHIVE_HOME", "/home")
                .sources()
                .withSetting("server.hots", "x", "--set")
                .withSetting("server", "x", "--set"));
        ServerConfig.from(configuration);

        assertThat(configuration.unknownKeys())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "flag --set: server: is a section; name a key in it",
                        "flag --set: server.hots: unknown key; did you mean 'host'?",
                        "env GENIEHIVE_SERVER_PROT: unknown key in 'server'; did you mean 'GENIEHIVE_SERVER_PORT'?");
        assertThat(configuration.notices())
                .singleElement()
                .asString()
                .startsWith("env GENIEHIVE_PORT: is not configuration");
    }

    @Test
    void readsListsFromAllSources() {
        files.write("agent: { queues: [shared, review], bad: word, mixed: [a, [b]] }\n");
        Configuration configuration =
                files.with("GENIEHIVE_AGENT_CONTROL", "http://a, http://b").load();
        ConfigView agent = configuration.section("agent");

        assertThat(agent.strings("queues")).containsExactly("shared", "review");
        assertThat(agent.strings("control")).containsExactly("http://a", "http://b");
        assertThat(agent.strings("absent")).isEmpty();
        assertThat(agent.strings("bad")).isEmpty();
        assertThat(agent.strings("mixed")).containsExactly("a");
        assertThat(configuration.problems())
                .extracting(ConfigProblem::message)
                .containsExactly(
                        "expected a list such as [one, two], was 'word'", "expected a single value, was a list");
    }

    @Test
    void reportsWrongShapes() {
        Configuration configuration =
                files.load("server: 5\nagent: { name: [a], services: { x: 1 }, discover: yes }\n");
        configuration.section("server").integer("port");
        ConfigView agent = configuration.section("agent");
        agent.string("name");
        agent.sections("services");
        agent.bool("discover");

        assertThat(configuration.problems())
                .extracting(ConfigProblem::key, ConfigProblem::message)
                .containsExactly(
                        tuple("server", "expected a section (key: value), was '5'"),
                        tuple("agent.name", "expected a single value, was a list"),
                        tuple("agent.services", "expected a list of sections, was a section"),
                        tuple("agent.discover", "expected true or false, was 'yes'"));
    }

    @Test
    void readsNullLikeAnAbsentKey() {
        Configuration configuration = files.load("server: { port: ~, host: }\nagent:\nrouting: { load: \"\" }\n");

        assertThat(ServerConfig.from(configuration)).isEqualTo(ServerConfig.defaults());
        assertThat(configuration.section("agent").keys()).isEmpty();
        assertThat(configuration.section("routing").string("load")).contains("");
        assertThatNoException().isThrownBy(configuration::check);
    }

    @Test
    void replacesPlaceholdersInValuesThatAreRead() throws IOException {
        Files.writeString(home.resolve("key.txt"), "from-file\n");
        Configuration configuration = files.with("KEY", "from-$1-${home}").load("""
                        agent:
                          a: "${env:KEY}"
                          b: "x-${file:key.txt}-y"
                          c: "${home}/data"
                          d: [ "--port", "${port}", "$${home}" ]
                        """);
        ConfigView agent = configuration.section("agent");

        assertThat(agent.string("a")).contains("from-$1-${home}");
        assertThat(agent.string("b")).contains("x-from-file-y");
        assertThat(agent.string("c")).contains(home + "/data");
        assertThat(agent.strings("d")).containsExactly("--port", "${port}", "${home}");
        assertThat(configuration.problems()).isEmpty();
    }

    @Test
    void reportsPlaceholdersThatNameNothingButOnlyWhereTheyAreRead() {
        Configuration configuration =
                files.load("agent: { a: \"${env:NOPE}\", b: \"${file:nope}\", c: \"${evn:X}\", d: \"${env:NOPE}\" }\n");
        ConfigView agent = configuration.section("agent");
        assertThat(List.of(agent.string("a"), agent.string("b"), agent.string("c")))
                .allMatch(Optional::isEmpty);

        assertThat(configuration.problems())
                .extracting(ConfigProblem::key, ConfigProblem::message)
                .containsExactly(
                        tuple("agent.a", "'${env:NOPE}': the environment variable is not set"),
                        tuple("agent.b", "'${file:nope}': the file cannot be read"),
                        tuple(
                                "agent.c",
                                "'${evn:X}' is none of ${env:NAME}, ${file:PATH} and ${home}; write $${ for a literal ${"));
    }

    @Test
    void rejectsWithThePlaceOfTheValueOrOfTheSection() {
        Configuration configuration = files.load("agent:\n  services:\n    - { name: a }\n");
        ConfigView service = configuration.section("agent").sections("services").getFirst();

        service.reject("name", "is taken");
        service.reject("url", "is missing");

        assertThat(configuration.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        files.file() + ":3:15: agent.services[0].name: is taken",
                        files.file() + ":3:7: agent.services[0].url: is missing");
    }

    @Test
    void showsEveryValueWithItsOriginAndNoSecret() {
        files.write("""
                server: { port: 80 }
                store: { url: "jdbc:postgresql://me:hunter2@db/x?password=hunter2&ssl=true" }
                agent:
                  services: [ { name: a, api-key: hunter2 } ]
                plugins: { x: { token: hunter2, admin-password: hunter2, max-tokens: 5 } }
                """);
        Configuration configuration = Configuration.load(files.with("GENIEHIVE_SERVER_HOST", "::1")
                .with("GENIEHIVE_PLUGINS_X_SECRET", "hunter2")
                .sources()
                .withSetting("server.max-body", "1MiB", "--set"));
        ServerConfig.from(configuration);
        configuration.plugin("x").string("secret");

        assertThat(configuration.show())
                .contains(
                        new ShownKey("server.port", "80", new Origin.File(files.file(), 1, 17)),
                        new ShownKey("server.host", "::1", new Origin.Environment("GENIEHIVE_SERVER_HOST")),
                        new ShownKey("server.max-body", "1MiB", new Origin.Flag("--set")),
                        new ShownKey("server.drain-timeout", "30s", Origin.DEFAULT),
                        new ShownKey("plugins.x.secret", "***", new Origin.Environment("GENIEHIVE_PLUGINS_X_SECRET")),
                        new ShownKey("plugins.x.max-tokens", "5", new Origin.File(files.file(), 5, 70)))
                .filteredOn(line -> line.key().equals("store.url"))
                .extracting(ShownKey::value)
                .containsExactly("jdbc:postgresql://me:***@db/x?password=***&ssl=true");
        assertThat(configuration.show().toString()).doesNotContain("hunter2");
    }

    @Test
    void printsNoValueOfASectionOrOfTheSources() {
        ConfigSources sources = files.with("LLAMA_KEY", "hunter2").sources().withSetting("a.b", "hunter2", "--set");
        Configuration configuration = Configuration.load(sources);

        assertThat(sources + " " + sources.settings() + " " + configuration.section("a"))
                .contains("section 'a'")
                .doesNotContain("hunter2");
    }

    @Test
    void findsTheHomeFolder() {
        Path user = Path.of("/home/me");

        assertThat(ConfigSources.home(Map.of("GENIEHIVE_HOME", "/x", "XDG_DATA_HOME", "/data"), user))
                .isEqualTo(Path.of("/x"));
        assertThat(ConfigSources.home(Map.of("XDG_DATA_HOME", "/data"), user)).isEqualTo(Path.of("/data/geniehive"));
        assertThat(ConfigSources.home(Map.of("XDG_DATA_HOME", "relative"), user))
                .isEqualTo(Path.of("/home/me/.local/share/geniehive"));
    }

    @Test
    void namesNoSecretInAProblem() {
        Configuration configuration =
                files.with("PIN", "hunter2").load("agent: { api-key: hunter2, number: \"${env:PIN}\" }\n");
        configuration.section("agent").integer("api-key");
        configuration.section("agent").integer("number");

        assertThat(configuration.problems())
                .extracting(ConfigProblem::message)
                .containsExactly("expected a whole number, was '***'", "expected a whole number, was '${env:PIN}'");
    }

    private static String host(ConfigSources sources) {
        return Configuration.load(sources).section("server").string("host").orElseThrow();
    }
}
