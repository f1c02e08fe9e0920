package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Clients stop reading, and the engines are behind agents. */
@Tag("long")
final class LinkSlowClientIT extends SlowClientContract {
    LinkSlowClientIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder);
    }
}
