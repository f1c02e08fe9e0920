package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** All engines on one machine, whose agent is in the process that clients talk to. */
final class AdoptionIT extends AdoptionContract {
    AdoptionIT(@TempDir Path folder) {
        super(Form.ONE_PROCESS, folder);
    }
}
