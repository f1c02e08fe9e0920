package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All operations, in one process. */
final class OperationsIT extends OperationsContract {
    OperationsIT(@TempDir Path folder) {
        super(Form.ONE_PROCESS, folder, 4);
    }

    @Test
    void clearsAwayAfterACrashWhatWasBeingSent() throws Exception {
        try (RawClient client = RawClient.connect(hive.port())) {
            new Upload().file(20 << 20).field("model", "whisper-1").send(client, TRANSCRIPTIONS, 5 << 20);
            Eventually.see(10, this::spooled, files -> !files.isEmpty());

            hive.front().kill();
        }
        assertThat(spooled()).isNotEmpty();
        hive.front().again();

        assertThat(spooled()).isEmpty();
        hive.awaitServices(5);
    }
}
