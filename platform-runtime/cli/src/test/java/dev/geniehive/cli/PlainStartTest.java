package dev.geniehive.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** There are two readers of the arguments of a start; they have to agree. */
class PlainStartTest {
    private static final Set<String> THE_PARSERS_OWN = Set.of("-h", "--help", "-V", "--version");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void knowsTheFlagsThatTheParserKnows(Kind kind) {
        CommandLine command =
                Objects.requireNonNull(Main.commandLine().getSubcommands().get(word(kind)));

        assertThat(PlainStart.known(kind))
                .isEqualTo(command.getCommandSpec().optionsMap().keySet().stream()
                        .filter(name -> !THE_PARSERS_OWN.contains(name))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatTheParserReads(Kind kind) {
        List<String> flags = PlainStart.known(kind).stream()
                .flatMap(name -> List.of(name, "value of " + name).stream())
                .toList();
        Flags parsed = new Flags(new StartOptions(), new JoinOptions());
        new CommandLine(parsed).parseArgs(flags.toArray(String[]::new));
        PlainStart plain = PlainStart.of(arguments(kind, flags)).orElseThrow();

        assertThat(plain.kind()).isEqualTo(kind);
        assertThat(StartOptions.of(plain.flags())).usingRecursiveComparison().isEqualTo(parsed.start());
        assertThat(JoinOptions.of(plain.flags())).usingRecursiveComparison().isEqualTo(parsed.join());
    }

    @Test
    void readsBothWaysToGiveAValue() {
        assertThat(PlainStart.of("up", "--port=0", "--home", "a=b")
                        .orElseThrow()
                        .flags())
                .containsOnly(entry("--port", "0"), entry("--home", "a=b"));
        assertThat(PlainStart.of("control").orElseThrow().flags()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status",
                "up --help",
                "up extra",
                "up --port",
                "up --port=",
                "up --port --home",
                "up --port 1 --port 2",
                "up --hots x",
                "up --join http://control:7833",
                "up @file",
                "up --home @file",
                "agent --token-file -",
                "--home x up"
            })
    void leavesTheRestToTheParser(String line) {
        assertThat(PlainStart.of(Arrays.stream(line.split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .toArray(String[]::new)))
                .isEmpty();
    }

    @Test
    void endsWithTheCodeOfWhatWentWrong() {
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err, true));

        assertThat(PlainStart.of("up", "--home", folder.toString(), "--log-level", "loud")
                        .orElseThrow()
                        .run(terminal))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--log-level is one of").contains("loud");
    }

    private static String[] arguments(Kind kind, List<String> flags) {
        String[] arguments = new String[flags.size() + 1];
        arguments[0] = word(kind);
        for (int i = 0; i < flags.size(); i++) {
            arguments[i + 1] = flags.get(i);
        }
        return arguments;
    }

    private static String word(Kind kind) {
        return kind.toString().toLowerCase(Locale.ROOT);
    }

    /** A command that has all of these flags. */
    @CommandLine.Command
    private record Flags(
            @CommandLine.Mixin StartOptions start,
            @CommandLine.Mixin JoinOptions join) {}
}
