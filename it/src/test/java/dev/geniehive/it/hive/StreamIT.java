package dev.geniehive.it.hive;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Streams are passed on, and the control plane reaches the engines itself. */
@Tag("alone")
final class StreamIT extends StreamContract {
    StreamIT(@TempDir Path folder) {
        super(Form.ONE_PROCESS, folder);
    }
}
