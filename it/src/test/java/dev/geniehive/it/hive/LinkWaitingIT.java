package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Models are loaded, and the engines are behind agents. */
@Tag("long")
final class LinkWaitingIT extends WaitingContract {
    LinkWaitingIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder);
    }
}
