package dev.geniehive.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which database, and how patient to be with it.
 *
 * @param file the SQLite file; made if it is missing
 * @param busyTimeout how long to wait for another connection's lock
 * @param patience how long a caller waits for its turn and its work
 */
public record StoreSettings(Path file, Duration busyTimeout, Duration patience) {
    private static final String SQLITE = "jdbc:sqlite:";

    public StoreSettings {
        file = file.toAbsolutePath().normalize();
    }

    /**
     * {@return the settings for a URL such as {@code jdbc:sqlite:/var/lib/geniehive/geniehive.db}}
     *
     * @throws IllegalArgumentException if the URL names a database of another kind, or no file
     */
    public static StoreSettings of(String url) {
        if (!url.startsWith(SQLITE) || url.length() == SQLITE.length() || url.contains(":memory:")) {
            throw new IllegalArgumentException("expected jdbc:sqlite: and the path of a file, was '%s'".formatted(url));
        }
        return new StoreSettings(
                Path.of(url.substring(SQLITE.length())), Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    String url() {
        return SQLITE + file;
    }
}
