package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How GenieHive's processes are run.
 *
 * @param options for the JVM
 * @param aot what {@code GENIEHIVE_AOT} says
 * @param cache where they keep what the JVM worked out, if they do
 */
public record Jvm(String options, String aot, Optional<Path> cache) {
    /** {@return without a cache: every start is like the first} */
    public static Jvm of(String options) {
        return new Jvm(options, "off", Optional.empty());
    }

    Jvm withCache(Path folder) {
        return new Jvm(options, "auto", Optional.of(folder));
    }

    Map<String, String> environment() {
        return Map.of("GENIEHIVE_JAVA_OPTS", options, "GENIEHIVE_AOT", aot);
    }

    /** Gives a new home the cache that others made, or are to make. */
    void prepare(Path home) throws IOException {
        if (cache.isPresent()) {
            Files.createSymbolicLink(home.resolve("cache"), Files.createDirectories(cache.get()));
        }
    }
}
