package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Streams are passed on, and the engines are behind agents. */
@Tag("alone")
final class LinkStreamIT extends StreamContract {
    LinkStreamIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder);
    }
}
