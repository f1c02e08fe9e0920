package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import dev.geniehive.it.engine.FakeEngine;
import dev.geniehive.it.engine.Seen;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Clients that stop reading. */
@Timeout(40)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SlowClientContract {
    private static final int CLIENTS = 4;
    private static final int TOKENS = 5_000_000; // near a gigabyte for each client

    private final Engines engines = Engines.serving("fake-model", 1);
    private final FakeEngine engine = engines.get(1);
    private final Place hive;

    SlowClientContract(Form form, Path folder) {
        hive = form.start(folder, "server: { write-timeout: 3s }\n", Engines.services("", engines));
    }

    @AfterAll
    void stop() {
        hive.close();
        engines.close();
    }

    @Test
    void slowTheirEngineDownCostNoMemoryAndAreCut() throws Exception {
        Outcome.of(hive.port(), "fake-model", true);
        long before = Jcmd.liveKilobytes(hive.front());
        int others = engine.seen().size();
        engine.turn(engines.good().with("tokens", TOKENS));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                sockets.add(idleReader());
            }
            Eventually.see(10, () -> streams(others).size(), started -> started == CLIENTS);
            long stalledAt = Eventually.see(10, () -> standingStill(others), tokens -> tokens > 0);

            assertThat(stalledAt).isLessThan(TOKENS);
            assertThat(Jcmd.liveKilobytes(hive.front()) - before).isLessThan(64L << 10);
            Eventually.see(
                    15,
                    () -> streams(others),
                    all -> all.stream().allMatch(seen -> seen.hungUpMs().isPresent()));
            assertThat(streams(others)).allMatch(seen -> seen.hungUpMs().orElseThrow() >= 2_900);
            assertThat(streams(others)).allMatch(seen -> seen.tokens() < TOKENS / 10);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Socket idleReader() throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), hive.port()));
        RawClient client = RawClient.over(socket);
        client.post(Outcome.CHAT, Outcome.chat("fake-model", true));
        assertThat(client.head().status()).isEqualTo(200);
        return socket;
    }

    /** {@return how many tokens all streams have got, if it is no more than a moment ago; else 0} */
    private long standingStill(int others) throws InterruptedException {
        long tokens = tokens(others);
        TimeUnit.MILLISECONDS.sleep(200); // nothing to wait for: that nothing happens is what is looked for
        return tokens == tokens(others) ? tokens : 0;
    }

    private long tokens(int others) {
        return streams(others).stream().mapToLong(Seen::tokens).sum();
    }

    private List<Seen> streams(int others) {
        return engine.seen().stream()
                .filter(seen -> seen.id() > others && Engines.isChat(seen))
                .toList();
    }
}
