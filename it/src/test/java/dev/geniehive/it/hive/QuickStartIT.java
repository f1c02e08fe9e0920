package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM keeps at the first clean stop is used from then on, and never in the way. */
@Timeout(300)
class QuickStartIT {
    @TempDir
    private static Path unpacked;

    private static Path distribution = Path.of(".");

    @BeforeAll
    static void unpack() {
        distribution = Distribution.unpackTo(unpacked);
    }

    @Test
    void theFirstCleanStopMakesTheNextStartsQuicker(@TempDir Path home) throws Exception {
        quickerAfterTheFirstStop(home, "auto");
    }

    @Test
    @Tag("long")
    void theSameWithClassesThatTheJvmHasLinked(@TempDir Path home) throws Exception {
        quickerAfterTheFirstStop(home, "full");
    }

    private static void quickerAfterTheFirstStop(Path home, String mode) throws Exception {
        stop(up(home, mode));
        assertThat(kept(home, "new"))
                .hasSize(1)
                .allSatisfy(cache -> assertThat(Files.size(cache)).isGreaterThan(1_000_000));
        assertThat(kept(home, "new.config")).isEmpty();

        Process second = up(home, mode);
        List<Path> cache = kept(home, "aot");
        assertThat(cache).hasSize(1);
        assertThat(Files.readString(Path.of("/proc/%d/maps".formatted(second.pid()))))
                .contains(cache.getFirst().toRealPath().toString());
        stop(second);

        Files.writeString(cache.getFirst(), "This is no cache.");
        stop(up(home, mode));
    }

    /** As JDK 25 makes one now and then; the trial of it fails as it does with any that is broken. */
    @Test
    @Tag("long")
    void aCacheThatJavaCannotStartWithIsNeverUsed(@TempDir Path home) throws Exception {
        stop(up(home));
        Files.writeString(kept(home, "new").getFirst(), "This is no cache.");

        stop(up(home));

        assertThat(kept(home, "aot")).isEmpty();
        assertThat(kept(home, "new"))
                .hasSize(1)
                .allSatisfy(cache -> assertThat(Files.size(cache)).isGreaterThan(1_000_000));
    }

    @Test
    void aStartThatFailsKeepsNothing(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("geniehive.yaml"), "server: { prot: 1 }\n");

        Process refused = process(home, "auto");
        refused.getInputStream().readAllBytes();

        assertThat(refused.waitFor()).isEqualTo(78);
        assertThat(kept(home, "new")).isEmpty();
    }

    private static Process process(Path home, String mode) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        distribution.resolve("bin/geniehive").toString(),
                        "up",
                        "--port",
                        "0",
                        "--home",
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GENIEHIVE_"));
        environment.put("GENIEHIVE_JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")));
        environment.put("GENIEHIVE_AOT", mode);
        return builder.start();
    }

    private static Process up(Path home) throws IOException {
        return up(home, "auto");
    }

    private static Process up(Path home, String mode) throws IOException {
        Process process = process(home, mode);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("Stop it with")) {
                return process;
            }
        }
        throw new AssertionError("it did not come up");
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
    }

    private static List<Path> kept(Path home, String name) throws IOException {
        if (!Files.isDirectory(home.resolve("cache"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(home.resolve("cache"))) {
            return files.filter(file -> file.endsWith(name)).toList();
        }
    }
}
