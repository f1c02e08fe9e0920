package dev.geniehive.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WatcherTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path root;

    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private Room room;

    @BeforeEach
    void open() throws Exception {
        room = room(Duration.ofMillis(150), NEVER);
        Files.createDirectories(room.mine);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Room room(Duration settle, Duration poll) {
        Room made = new Room(root, settings -> settings.watching(settle, poll));
        made.plugins.extensions().onChange(() -> changes.add(true));
        return made;
    }

    private void watching() throws InterruptedException {
        room.started();
        room.plugins.watch();
    }

    /** Waits for a change after which it is as it should be. */
    private void until(BooleanSupplier wanted) throws InterruptedException {
        while (!wanted.getAsBoolean()) {
            assertThat(changes.poll(10, TimeUnit.SECONDS))
                    .as("a change; now %s", room.plugins.list())
                    .isNotNull();
        }
    }

    private boolean offers(String version) {
        return room.plugins.list().stream()
                .anyMatch(plugin -> plugin.version().filter(version::equals).isPresent());
    }

    @Test
    void loadsAJarThatIsDroppedReplacesItAndUnloadsItWhenItIsRemoved() throws Exception {
        watching();
        Path file = Forge.plugin("acme.one").jar(room.mine.resolve("one.jar"));
        until(() -> offers("1.0.0"));

        Forge.plugin("acme.one").version("1.1.0").jar(file);
        until(() -> offers("1.1.0"));

        Files.delete(file);
        until(() -> room.plugins.extensions().all(room.offerPoint()).isEmpty());
        assertThat(room.plugins.extensions().all(room.offerPoint())).isEmpty();
    }

    @Test
    void aJarThatIsStillBeingCopiedIsNotLoadedHalf() throws Exception {
        byte[] bytes = Files.readAllBytes(Forge.plugin("acme.one").jar(root.resolve("one.jar")));
        watching();
        try (OutputStream out = Files.newOutputStream(room.mine.resolve("one.jar"))) {
            for (byte[] part : new byte[][] {
                Arrays.copyOfRange(bytes, 0, 100),
                Arrays.copyOfRange(bytes, 100, 300),
                Arrays.copyOfRange(bytes, 300, bytes.length)
            }) {
                assertThat(room.plugins.list()).isEmpty();
                out.write(part);
                out.flush();
            }
        }

        until(() -> offers("1.0.0"));
        assertThat(room.problems("acme.one")).isEmpty();
    }

    @Test
    void aJarThatStaysBrokenIsReported() throws Exception {
        watching();
        Files.writeString(room.mine.resolve("one.jar"), "never a jar");

        until(() -> !room.plugins.list().isEmpty());

        assertThat(room.problems("one.jar")).singleElement().asString().startsWith("BAD_ARCHIVE: one.jar: ");
    }

    @Test
    void looksNowAndThenWhereAFolderCouldNotBeWatchedYet() throws Exception {
        room.close();
        room = room(Duration.ofMillis(20), Duration.ofMillis(50));
        watching();

        Forge.plugin("acme.one").jar(room.bundled.resolve("one.jar"));

        until(() -> offers("1.0.0"));
        assertThat(room.info("acme.one").file()).isEqualTo("bundled/one.jar");
    }
}
