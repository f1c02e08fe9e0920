package dev.geniehive.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.kernel.plugin.DropFolders.Stamp;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Path FILE = Path.of("one.jar");
    private static final Map<Path, Stamp> NONE = Map.of();
    private static final Map<Path, Stamp> SMALL = Map.of(FILE, stamp(10));
    private static final Map<Path, Stamp> BIG = Map.of(FILE, stamp(20));

    private static Stamp stamp(long size) {
        return new Stamp(0, size, FileTime.fromMillis(0), "inode");
    }

    @Test
    void aNewFileIsNotThereYet() {
        assertThat(Settling.settled(NONE, NONE, SMALL)).isEmpty();
    }

    @Test
    void aFileThatGrowsIsNotThereYet() {
        assertThat(Settling.settled(NONE, SMALL, BIG)).isEmpty();
    }

    @Test
    void aFileThatStayedTheSameIsThere() {
        assertThat(Settling.settled(NONE, BIG, BIG)).isEqualTo(BIG);
    }

    @Test
    void aFileThatIsBeingOverwrittenCountsAsItWas() {
        assertThat(Settling.settled(BIG, BIG, SMALL)).isEqualTo(BIG);
    }

    @Test
    void aFileThatJustVanishedIsNotGoneYet() {
        assertThat(Settling.settled(BIG, BIG, NONE)).isEqualTo(BIG);
    }

    @Test
    void aFileThatStaysAwayIsGone() {
        assertThat(Settling.settled(BIG, NONE, NONE)).isEmpty();
    }
}
