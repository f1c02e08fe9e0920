package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Engines misbehave, and the control plane reaches the engines itself. */
final class FailoverIT extends FailoverContract {
    FailoverIT(@TempDir Path folder) {
        super(Form.ONE_PROCESS, folder);
    }
}
