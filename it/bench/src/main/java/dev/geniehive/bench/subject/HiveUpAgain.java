package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * {@code geniehive up} as it starts after the first clean stop, with what the JVM kept then.
 *
 * @param up how it is started otherwise
 * @param cache where it is kept; its own
 */
public record HiveUpAgain(String name, HiveUp up, Path cache) implements Subject {
    private static final long STOP_SECONDS = 120;

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public boolean onlyStarts() {
        return true;
    }

    @Override
    public Running start(Path folder) throws IOException, InterruptedException {
        HiveUp cached = up.with(up.jvm().withCache(cache));
        if (!isThere()) {
            cached.startAndStop(folder.resolve("first"), STOP_SECONDS);
        }
        if (!isThere()) {
            throw new IOException("its first clean stop left no cache");
        }
        return cached.start(folder);
    }

    private boolean isThere() throws IOException {
        if (!Files.isDirectory(cache)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.anyMatch(Files::isRegularFile);
        }
    }
}
