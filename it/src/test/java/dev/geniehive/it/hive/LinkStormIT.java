package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The engines are behind agents. */
@Tag("long")
final class LinkStormIT extends StormContract {
    LinkStormIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder);
    }
}
