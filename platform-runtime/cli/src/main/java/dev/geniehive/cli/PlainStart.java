package dev.geniehive.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a start, read without the parser: its classes are too old for what the JVM keeps, and reading them
 * takes a fifth of a start. Only plain arguments are understood here, a command that starts a process and its flags with
 * one value each; everything else, help and mistakes included, is the parser's.
 *
 * @param kind what to start
 * @param flags by their names
 */
record PlainStart(Kind kind, Map<String, String> flags) {
    PlainStart {
        flags = Map.copyOf(flags);
    }

    /** {@return what these arguments start; empty if the parser has to say what they mean} */
    static Optional<PlainStart> of(String... arguments) {
        Kind kind = arguments.length == 0 ? null : kind(arguments[0]);
        if (kind == null) {
            return Optional.empty();
        }
        Set<String> known = known(kind);
        Map<String, String> flags = new HashMap<>();
        int next = 1;
        while (next < arguments.length) {
            String[] parts = arguments[next++].split("=", 2);
            String value = parts.length == 2 ? parts[1] : next < arguments.length ? arguments[next++] : "";
            if (!known.contains(parts[0]) || !isPlain(value) || flags.put(parts[0], value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new PlainStart(kind, flags));
    }

    /** {@return the exit code, once the process has stopped} */
    int run(Terminal terminal) {
        try {
            return start(terminal);
        } catch (Exception failure) {
            return tell(failure, terminal.err());
        }
    }

    private int start(Terminal terminal) throws InterruptedException {
        StartOptions options = StartOptions.of(flags);
        return switch (kind) {
            case UP -> UpCommand.run(options, terminal);
            case CONTROL -> ControlCommand.run(options, terminal);
            case AGENT -> AgentCommand.run(options, JoinOptions.of(flags), terminal);
        };
    }

    private static int tell(Exception failure, PrintWriter err) {
        try {
            return Failures.tell(failure, err);
        } catch (Exception unforeseen) {
            unforeseen.printStackTrace(err);
            return ExitCode.FAILURE;
        }
    }

    /** {@return the flags that a start of this kind understands} */
    static Set<String> known(Kind kind) {
        Set<String> known = new HashSet<>(StartOptions.FLAGS);
        if (kind == Kind.AGENT) {
            known.addAll(JoinOptions.FLAGS);
        }
        return known;
    }

    private static @Nullable Kind kind(String command) {
        return switch (command) {
            case "up" -> Kind.UP;
            case "control" -> Kind.CONTROL;
            case "agent" -> Kind.AGENT;
            default -> null;
        };
    }

    /** The parser reads files for {@code @} and may take what looks like a flag for one. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && !value.startsWith("-") && !value.startsWith("@");
    }
}
