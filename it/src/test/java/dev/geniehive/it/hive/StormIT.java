package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** In one process. */
final class StormIT extends StormContract {
    StormIT(@TempDir Path folder) {
        super(Form.ONE_PROCESS, folder);
    }
}
