package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Clients hang up, and the engines are behind agents. */
final class LinkHangUpIT extends HangUpContract {
    LinkHangUpIT(@TempDir Path folder) throws Exception {
        super(Form.BEHIND_AGENTS, folder, Wire.PLAIN);
    }
}
