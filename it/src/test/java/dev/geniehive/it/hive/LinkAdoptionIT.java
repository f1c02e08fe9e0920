package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** All engines behind agents, which tell what they found, and answer through the link. */
final class LinkAdoptionIT extends AdoptionContract {
    LinkAdoptionIT(@TempDir Path folder) {
        super(Form.BEHIND_AGENTS, folder);
    }
}
