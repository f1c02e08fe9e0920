package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class JoinOptionsTest {
    private static final String URL = "http://control:7833";
    private static final ControlPlanes NONE = new ControlPlanes(List.of());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void takesTheTokenOfTheFlagBeforeTheOneOfTheEnvironment() {
        assertThat(token(Map.of("GENIEHIVE_TOKEN", "ght-2"), "--join", URL, "--token", "ght-1"))
                .isEqualTo("ght-1");
        assertThat(token(Map.of("GENIEHIVE_TOKEN", "ght-2\n"), "--join", URL)).isEqualTo("ght-2");
    }

    @Test
    void readsTheTokenFromAFileOrFromStandardInput() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "ght-file\n");

        assertThat(token(Map.of(), "--join", URL, "--token-file", file.toString()))
                .isEqualTo("ght-file");
        assertThat(token(Map.of(), "--join", URL, "--token-file", "-")).isEqualTo("ght-stdin");
    }

    @Test
    void refusesTwoTokensAndATokenForNobodyAndNoToken() {
        refused("two tokens", "--join", URL, "--token", "a", "--token-file", "b");
        refused("--join URL", "--token", "a");
        refused("geniehive node invite", "--join", URL);
        refused("nowhere", "--join", URL, "--token-file", "nowhere");
    }

    @Test
    void neverEchoesWhatItWasGiven() {
        refused("--token does not give a token", "--join", URL, "--token", "top secret");

        assertThat(parse("--join", URL, "--token", "ght-1")
                        .invitation(Map.of(), InputStream::nullInputStream)
                        .toString())
                .doesNotContain("ght-1");
    }

    @Test
    void needsNoTokenForAControlPlaneThatItKnows() throws Exception {
        Files.createDirectories(folder.resolve("agent"));
        Files.writeString(
                folder.resolve("agent/control-planes.json"),
                "[{\"url\":\"%s\",\"node_id\":\"box\",\"node_key\":\"ghn-1\",\"nonce\":\"n\"},{\"url\":\"http://tried\",\"nonce\":\"n\"}]"
                        .formatted(URL));
        ControlPlanes known = ControlPlanes.of(new Home(folder));

        assertThat(known.known()).singleElement().satisfies(one -> {
            assertThat(one.node()).isEqualTo("box");
            assertThat(one.key().reveal()).isEqualTo("ghn-1");
        });
        assertThat(parse("--join", URL + "/")
                        .invitation(Map.of(), InputStream::nullInputStream)
                        .orElseKnown(known)
                        .url())
                .contains(URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"control", "ftp://control", "http://", "http://me:secret@control", "not a url"})
    void refusesAnAddressThatIsNone(String url) {
        refused("--join wants an address like", "--join", url, "--token", "a");
    }

    private static void refused(String words, String... flags) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> parse(flags)
                        .invitation(Map.of(), InputStream::nullInputStream)
                        .orElseKnown(NONE))
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("top secret"));
    }

    private static String token(Map<String, String> environment, String... flags) {
        return parse(flags)
                .invitation(environment, () -> new ByteArrayInputStream("ght-stdin\n".getBytes(StandardCharsets.UTF_8)))
                .orElseKnown(NONE)
                .token()
                .map(Invitation.Token::text)
                .orElse("");
    }

    private static JoinOptions parse(String... flags) {
        JoinOptions options = new JoinOptions();
        new CommandLine(new Flags(options)).parseArgs(flags);
        return options;
    }

    /** A command that has these flags and nothing else. */
    @CommandLine.Command
    private record Flags(@CommandLine.Mixin JoinOptions options) {}
}
