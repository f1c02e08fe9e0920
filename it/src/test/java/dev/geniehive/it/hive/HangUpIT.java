package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Clients hang up, and the control plane reaches the engines itself. */
final class HangUpIT extends HangUpContract {
    HangUpIT(@TempDir Path folder) throws Exception {
        super(Form.ONE_PROCESS, folder, Wire.PLAIN, Wire.TLS);
    }
}
