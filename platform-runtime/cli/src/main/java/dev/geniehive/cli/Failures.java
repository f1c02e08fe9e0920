package dev.geniehive.cli;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.kernel.config.ConfigException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Says what went wrong in a sentence, and ends with the code for it. */
final class Failures {
    private Failures() {}

    /**
     * {@return the exit code for it}
     *
     * @throws Exception the failure, if nobody foresaw it
     */
    static int tell(Exception failure, PrintWriter err) throws Exception {
        err.println(Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
        return switch (failure) {
            case ConfigException bad -> ExitCode.BAD_CONFIGURATION;
            case CommandFailure known -> known.exitCode();
            case InterruptedException stopped -> ExitCode.INTERRUPTED;
            case GenieException told when told.problem().code().equals("storage_unavailable") -> ExitCode.FAILURE;
            case GenieException told -> code(told.kind());
            case IllegalStateException unforeseen -> ExitCode.FAILURE;
            case UncheckedIOException unforeseen -> ExitCode.FAILURE;
            default -> throw failure;
        };
    }

    private static int code(ErrorKind kind) {
        return switch (kind) {
            case UNAUTHORIZED, FORBIDDEN -> ExitCode.REFUSED;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case CONFLICT -> ExitCode.CONFLICT;
            case UNAVAILABLE -> ExitCode.UNREACHABLE;
            case TIMED_OUT, REQUEST_TIMED_OUT -> ExitCode.TIMED_OUT;
            default -> ExitCode.FAILURE;
        };
    }
}
