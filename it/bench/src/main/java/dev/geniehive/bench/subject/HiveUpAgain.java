package dev.geniehive.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * {@code geniehive up} in a home where it came up and was stopped before, with what it keeps for later starts.
 *
 * @param up how it is started otherwise
 * @param folder where it lives, each time
 */
public record HiveUpAgain(String name, HiveUp up, Path folder) implements Subject {
    /** The first life makes a cache, the second one tries it. */
    private static final int LIVES_BEFORE = 2;

    /** Keeps what {@code GENIEHIVE_AOT} has it keep. */
    public static HiveUpAgain keeping(String mode, String name, HiveUp up, Path folder) {
        return new HiveUpAgain(name, up.with(up.jvm().keeping(mode)), folder);
    }

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public boolean onlyStarts() {
        return true;
    }

    @Override
    public Running start(Path elsewhere) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            for (int life = 0; life < LIVES_BEFORE; life++) {
                up.start(folder, HiveProcess::stop).close();
            }
        }
        if (up.jvm().keepsSomething() && !hasCache()) {
            throw new IOException("its first clean stop left no cache that works");
        }
        return up.start(folder, HiveProcess::stop);
    }

    private boolean hasCache() throws IOException {
        Path cache = HiveProcess.home(folder).resolve("cache");
        if (!Files.isDirectory(cache)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.anyMatch(file -> file.endsWith("aot"));
        }
    }
}
