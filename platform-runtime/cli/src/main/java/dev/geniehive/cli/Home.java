package dev.geniehive.cli;

import dev.geniehive.kernel.config.ConfigSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder that GenieHive keeps its files in.
 *
 * @param path absolute
 */
record Home(Path path) {
    private static final String LAST_URL = "last-url";

    /** {@return the folder of {@code --home}, of the environment, or the usual one} */
    static Home of(@Nullable Path named, Map<String, String> environment) {
        Path folder = named == null ? ConfigSources.home(environment, Path.of(System.getProperty("user.home"))) : named;
        return new Home(folder.toAbsolutePath().normalize());
    }

    Path credentials() {
        return path.resolve("credentials");
    }

    /** {@return what the agent keeps for itself} */
    Path agent() {
        return path.resolve("agent");
    }

    /** Remembers where the process of this home listens, for commands that come later. */
    void remember(String url) {
        try {
            Files.createDirectories(path);
            Files.writeString(path.resolve(LAST_URL), url + "\n");
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot write into %s: %s".formatted(path, broken.getMessage()), broken);
        }
    }

    /** {@return where the process of this home listened last} */
    Optional<String> lastUrl() {
        try {
            return Optional.of(Files.readString(path.resolve(LAST_URL)).strip()).filter(url -> !url.isEmpty());
        } catch (IOException nobodyWasUp) {
            return Optional.empty();
        }
    }
}
