package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** With the control plane and agents apart. */
final class LinkCanaryIT extends CanaryContract {
    LinkCanaryIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder);
    }
}
