package dev.geniehive.cli;

import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;

/**
 * The commands by their names.
 *
 * <p>To describe a command to the parser takes about as long as the parsing, by reflection on annotations. So where the
 * first argument names one, the others are left alone: a start, and every command in a script, is shorter by that.
 */
final class Commands {
    /** In the order of the help. */
    private static final List<Named> ALL = List.of(
            new Named("up", UpCommand.class),
            new Named("control", ControlCommand.class),
            new Named("agent", AgentCommand.class),
            new Named("status", StatusCommand.class),
            new Named("hosts", HostsCommand.class),
            new Named("node", NodeCommand.class),
            new Named("services", ServicesCommand.class),
            new Named("models", ModelsCommand.class),
            new Named("roles", RolesCommand.class),
            new Named("ps", PsCommand.class),
            new Named("chat", ChatCommand.class),
            new Named("run", ChatCommand.class),
            new Named("plugins", PluginsCommand.class),
            new Named("why", WhyCommand.class),
            new Named("keys", KeysCommand.class),
            new Named("queues", QueuesCommand.class),
            new Named("config", ConfigCommand.class),
            new Named("doctor", DoctorCommand.class),
            new Named("help", CommandLine.HelpCommand.class));

    /** A command under one of its names. */
    private record Named(String name, Class<?> command) {}

    private Commands() {}

    /** {@return the command that the first argument names, or all of them where it names none, or help} */
    static List<Class<?>> meant(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> one = first.equals("help")
                ? List.of()
                : commands(named -> named.name().equals(first));
        return one.isEmpty() ? commands(named -> true) : one;
    }

    private static List<Class<?>> commands(Predicate<Named> which) {
        return ALL.stream()
                .filter(which)
                .<Class<?>>map(Named::command)
                .distinct()
                .toList();
    }
}
