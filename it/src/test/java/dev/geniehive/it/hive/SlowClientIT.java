package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Clients stop reading, and the control plane reaches the engines itself. */
final class SlowClientIT extends SlowClientContract {
    SlowClientIT(@TempDir Path folder) {
        super(Form.ONE_PROCESS, folder);
    }
}
