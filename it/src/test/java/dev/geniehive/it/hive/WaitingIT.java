package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are loaded, and the control plane reaches the engines itself. */
final class WaitingIT extends WaitingContract {
    WaitingIT(@TempDir Path folder) {
        super(Form.ONE_PROCESS, folder);
    }

    @Test
    void andSaysSoAfterTenSecondsAndStillFailsOver() throws Exception {
        engines.all().forEach(engine -> engine.turn(loading));
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), hive.port());
                RawClient client = RawClient.over(socket)) {
            socket.setSoTimeout(20_000);
            long asked = System.nanoTime();
            client.post(Outcome.CHAT, Outcome.chat("fake-model", true));

            RawClient.Head head = client.head();
            String line = client.chunk().orElseThrow().text();
            first.turn(Trouble.RESETS_BEFORE_THE_HEAD.on(engines.good()));
            second.turn(engines.good());
            String rest = client.text();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type").orElse("")).startsWith("text/event-stream");
            assertThat(head.nanos() - asked).isBetween(9_500_000_000L, 14_000_000_000L);
            assertThat(line).startsWith(": waiting, loading").endsWith("\n\n");
            assertThat(rest)
                    .containsSubsequence("tok0", "tok4", "data: [DONE]\n\n")
                    .doesNotContain("error");
        }
    }
}
