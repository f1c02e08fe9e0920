package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation tells people to type does what it says. */
@Tag("alone")
class ReadmeIT {
    private static final Path CHECKOUT = Path.of(Objects.requireNonNull(
            System.getProperty("geniehive.checkout"), "geniehive.checkout is not set: run these tests by Maven"));

    @TempDir
    private static Path folder;

    private static Path distribution = Path.of(".");
    private static Hive hive;

    @BeforeAll
    static void up() throws IOException {
        distribution = Distribution.unpackTo(Files.createDirectories(folder.resolve("distribution")));
        hive = Hive.up(
                distribution,
                Files.createDirectories(folder.resolve("hive")),
                "agent: { name: workshop, discover: false, simulator: always }\n");
    }

    @AfterAll
    static void down() {
        hive.close();
    }

    @ParameterizedTest
    @MethodSource
    void itsRequestsAreAnswered(String command) throws Exception {
        Curl curl = Curl.of(command, Map.of("KEY", key()));
        assertThat(curl.uri()).hasHost("127.0.0.1").hasPort(7833);

        try (RawClient client = RawClient.connect(hive.port())) {
            curl.send(client);
            RawClient.Head head = client.head();
            String answer = client.text();

            assertThat(head.status()).as(answer).isEqualTo(200);
            if (curl.body().contains("\"stream\": true")) {
                assertThat(answer).startsWith("data: ").endsWith("data: [DONE]\n\n");
            }
        }
    }

    static List<String> itsRequestsAreAnswered() throws IOException {
        List<String> readme = blocks("README.md", "sh");
        List<String> api = blocks("docs/api.md", "sh");
        assertThat(readme).hasSizeGreaterThan(5);
        assertThat(api).hasSizeGreaterThan(5);
        return Stream.concat(readme.stream(), api.stream())
                .filter(block -> block.startsWith("curl "))
                .toList();
    }

    @Test
    void itsEnginesAreNamedAsTheConfigurationWantsThem(@TempDir Path work) throws Exception {
        Path file = Files.writeString(
                work.resolve("geniehive.yaml"), blocks("README.md", "yaml").getFirst());
        ProcessBuilder command = new ProcessBuilder(
                        distribution.resolve("bin/geniehive").toString(),
                        "config",
                        "validate",
                        "--config",
                        file.toString())
                .redirectErrorStream(true);
        Distribution.prepare(command.environment());
        command.environment().put("GENIEHIVE_HOME", work.toString());
        command.environment().put("VLLM_KEY", "secret");

        assertThat(run(command)).contains("is good").doesNotContain("secret");
    }

    /** The line that reads the key, run by a shell in a home with the hive's credentials. */
    private static String key() throws Exception {
        Path home = Files.createDirectories(folder.resolve("user/.local/share/geniehive"));
        Files.writeString(
                home.resolve("credentials"), Files.readString(hive.home().resolve("credentials")));
        String line = blocks("README.md", "sh").stream()
                .filter(block -> block.startsWith("KEY="))
                .findFirst()
                .orElseThrow();
        ProcessBuilder command =
                new ProcessBuilder("sh", "-c", line + "\nprintf %s \"$KEY\"").redirectErrorStream(true);
        command.environment().put("HOME", folder.resolve("user").toString());
        String key = run(command);
        assertThat(key).isEqualTo(Hive.ADMIN_KEY);
        return key;
    }

    private static String run(ProcessBuilder command) throws Exception {
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static List<String> blocks(String document, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```")
                .matcher(Files.readString(CHECKOUT.resolve(document)))
                .results()
                .map(block -> block.group(1).strip())
                .toList();
    }
}
