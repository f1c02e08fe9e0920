package dev.geniehive.cli;

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
        return new Home(
                (named == null ? usual(environment) : named).toAbsolutePath().normalize());
    }

    private static Path usual(Map<String, String> environment) {
        String own = environment.getOrDefault("GENIEHIVE_HOME", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        return data.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "share", "geniehive")
                : Path.of(data, "geniehive");
    }

    Path credentials() {
        return path.resolve("credentials");
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
