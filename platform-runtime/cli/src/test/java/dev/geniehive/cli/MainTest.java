package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void asksWhatItShouldDo() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("What should it do?");
        assertThat(run("dance")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo("geniehive 0.1.0\n");
    }

    @Test
    void endsWithACodeOfItsOwnWhenNobodyAnswers() {
        assertThat(run("models", "--home", folder.toString(), "--url", "http://127.0.0.1:1"))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString())
                .contains("Nobody answers at http://127.0.0.1:1")
                .doesNotContain("at dev.");
    }

    @Test
    void namesEveryProblemOfAConfiguration() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "server: { port: 99999999, hots: x }\n");

        assertThat(run("config", "validate", "--home", folder.toString(), "--config", file.toString()))
                .isEqualTo(ExitCode.BAD_CONFIGURATION);
        assertThat(err.toString()).contains("port").contains("hots");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
