package dev.geniehive.cli;

import dev.geniehive.api.model.GenieException;
import dev.geniehive.kernel.config.ConfigException;
import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine;

/** Says what went wrong in a sentence, and ends with the code for it. */
final class Failures implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        command.getErr().println(Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
        return switch (failure) {
            case ConfigException bad -> ExitCode.BAD_CONFIGURATION;
            case CommandFailure known -> known.exitCode();
            case InterruptedException stopped -> ExitCode.INTERRUPTED;
            case GenieException refused -> ExitCode.FAILURE;
            case IllegalStateException unforeseen -> ExitCode.FAILURE;
            case UncheckedIOException unforeseen -> ExitCode.FAILURE;
            default -> throw failure;
        };
    }
}
