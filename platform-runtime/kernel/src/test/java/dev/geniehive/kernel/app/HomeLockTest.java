package dev.geniehive.kernel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir
    private Path home = Path.of(".");

    @Test
    void refusesASecondOneAndNamesTheFirst() throws Exception {
        try (HomeLock first = HomeLock.take(home)) {
            assertThat(first).isNotNull();

            assertThatIllegalStateException()
                    .isThrownBy(() -> HomeLock.take(home))
                    .withMessageContaining("process " + ProcessHandle.current().pid())
                    .withMessageContaining("--home");
        }
    }

    @Test
    void isFreeAgainAfterTheFirst() throws Exception {
        HomeLock.take(home).close();

        try (HomeLock second = HomeLock.take(home)) {
            assertThat(second).isNotNull();
        }
    }
}
