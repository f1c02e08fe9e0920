package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Engines misbehave, and the engines are behind agents. */
@Tag("long")
final class LinkFailoverIT extends FailoverContract {
    LinkFailoverIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder);
    }
}
