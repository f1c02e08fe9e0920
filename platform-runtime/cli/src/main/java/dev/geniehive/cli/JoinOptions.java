package dev.geniehive.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of an invitation. */
final class JoinOptions {
    static final String VARIABLE = "GENIEHIVE_TOKEN";

    /** All of them. */
    static final Set<String> FLAGS = Set.of("--join", "--token", "--token-file");

    @Option(names = "--join", paramLabel = "URL", description = "The control plane to join.")
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "What `geniehive node invite` printed; also by GENIEHIVE_TOKEN.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token, - for standard input.")
    private @Nullable Path file;

    /** {@return these flags, where it is not the parser that read them} */
    static JoinOptions of(Map<String, String> flags) {
        JoinOptions options = new JoinOptions();
        options.url = flags.get("--join");
        options.token = flags.get("--token");
        options.file = StartOptions.path(flags.get("--token-file"));
        return options;
    }

    /** @throws CommandFailure if the flags contradict each other or the file cannot be read */
    Invitation invitation(Map<String, String> environment, Supplier<InputStream> in) {
        if (token != null && file != null) {
            throw new CommandFailure(ExitCode.USAGE, "--token and --token-file are two tokens; give one of them.");
        }
        if (url == null && (token != null || file != null)) {
            throw new CommandFailure(ExitCode.USAGE, "A token belongs to a control plane; name it with --join URL.");
        }
        return new Invitation(Optional.ofNullable(url), given(environment, in));
    }

    private Optional<Invitation.Token> given(Map<String, String> environment, Supplier<InputStream> in) {
        if (token != null) {
            return Optional.of(new Invitation.Token(token, "--token"));
        }
        if (file != null) {
            return Optional.of(new Invitation.Token(read(file, in), "--token-file"));
        }
        return Optional.of(environment.getOrDefault(VARIABLE, ""))
                .filter(text -> !text.isBlank())
                .map(text -> new Invitation.Token(text, VARIABLE));
    }

    private static String read(Path file, Supplier<InputStream> in) {
        try {
            return file.toString().equals("-")
                    ? new String(in.get().readNBytes(Invitation.Token.MAX_LENGTH + 2), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The token cannot be read from %s: %s".formatted(file, unreadable.getMessage()));
        }
    }
}
