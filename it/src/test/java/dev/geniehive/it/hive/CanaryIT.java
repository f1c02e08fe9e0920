package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** In one process. */
@Tag("long")
final class CanaryIT extends CanaryContract {
    CanaryIT(@TempDir Path folder) {
        super(Form.ONE_PROCESS, folder);
    }
}
