package dev.geniehive.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code geniehive} command. */
@Command(
        name = "geniehive",
        description = "Your own machines' AI engines behind one OpenAI-compatible address.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            UpCommand.class,
            ControlCommand.class,
            AgentCommand.class,
            StatusCommand.class,
            HostsCommand.class,
            NodeCommand.class,
            ServicesCommand.class,
            ModelsCommand.class,
            RolesCommand.class,
            PsCommand.class,
            ChatCommand.class,
            PluginsCommand.class,
            WhyCommand.class,
            KeysCommand.class,
            QueuesCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        JvmCache.of(System.getProperties()).endOfProcess();
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        commandLine.setExecutionExceptionHandler(new Failures());
        return commandLine;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "What should it do? For example: geniehive up");
    }
}
