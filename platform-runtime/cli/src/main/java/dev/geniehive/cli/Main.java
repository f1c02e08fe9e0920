package dev.geniehive.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code geniehive} command. */
@Command(
        name = "geniehive",
        description = "Your own machines' AI engines behind one OpenAI-compatible address.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Optional<PlainStart> plain = PlainStart.of(arguments);
        int code = plain.isPresent()
                ? plain.get().run(terminal())
                : commandLine(arguments).execute(arguments);
        JvmCache.of(System.getProperties()).endOfProcess();
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    /** {@return that of this process; whole lines show at once} */
    private static Terminal terminal() {
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /** {@return what understands these arguments: all commands, or the one that they name} */
    static CommandLine commandLine(String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        Commands.meant(arguments).forEach(commandLine::addSubcommand);
        Terminal terminal = terminal();
        commandLine.setOut(terminal.out());
        commandLine.setErr(terminal.err());
        commandLine.setExecutionExceptionHandler(
                (failure, command, parsed) -> Failures.tell(failure, command.getErr()));
        return commandLine;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What should it do? For example: geniehive up");
    }
}
