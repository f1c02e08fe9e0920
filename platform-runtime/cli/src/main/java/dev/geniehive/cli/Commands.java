package dev.geniehive.cli;

import java.util.List;
import picocli.CommandLine;

/**
 * The commands by their names.
 *
 * <p>To describe a command to the parser takes about as long as the parsing, by reflection on annotations. So where the
 * first argument names one, the others are left alone: a start, and every command in a script, is shorter by that.
 */
final class Commands {
    /** In the order of the help. */
    private static final List<Class<?>> ALL = List.of(
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
            CommandLine.HelpCommand.class);

    private Commands() {}

    /** {@return the command that the first argument names, or all of them where it names none} */
    static List<Class<?>> meant(String... arguments) {
        return arguments.length == 0 ? ALL : named(arguments[0]);
    }

    private static List<Class<?>> named(String name) {
        return switch (name) {
            case "up" -> List.of(UpCommand.class);
            case "control" -> List.of(ControlCommand.class);
            case "agent" -> List.of(AgentCommand.class);
            case "status" -> List.of(StatusCommand.class);
            case "hosts" -> List.of(HostsCommand.class);
            case "node" -> List.of(NodeCommand.class);
            case "services" -> List.of(ServicesCommand.class);
            case "models" -> List.of(ModelsCommand.class);
            case "roles" -> List.of(RolesCommand.class);
            case "ps" -> List.of(PsCommand.class);
            case "chat", "run" -> List.of(ChatCommand.class);
            case "plugins" -> List.of(PluginsCommand.class);
            case "why" -> List.of(WhyCommand.class);
            case "keys" -> List.of(KeysCommand.class);
            case "queues" -> List.of(QueuesCommand.class);
            case "config" -> List.of(ConfigCommand.class);
            case "doctor" -> List.of(DoctorCommand.class);
            default -> ALL;
        };
    }
}
