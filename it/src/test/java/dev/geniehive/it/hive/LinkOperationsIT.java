package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** All operations, and the engines are behind agents. */
final class LinkOperationsIT extends OperationsContract {
    LinkOperationsIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder, 2);
    }
}
