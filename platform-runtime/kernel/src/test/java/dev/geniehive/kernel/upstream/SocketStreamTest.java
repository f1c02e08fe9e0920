package dev.geniehive.kernel.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An upstream that asks again hides a stale socket that was not noticed; so it is looked at here by itself. */
@Timeout(30)
class SocketStreamTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void isStaleOnceTheOtherSideClosedItOrSpoke() throws Exception {
        for (String last : new String[] {"", "x"}) {
            CountDownLatch go = new CountDownLatch(1);
            try (RawServer server = new RawServer(says("hello", last, go))) {
                becomesStale(Dialer.sockets(), server.target().endpoint(), go);
            }
        }
    }

    @Test
    void isStaleUnderTlsToo(@TempDir Path folder) throws Exception {
        Certificates here = Certificates.make(folder, "dns:localhost");
        for (String last : new String[] {"", "x"}) {
            CountDownLatch go = new CountDownLatch(1);
            try (RawServer server = new RawServer(here.listen(), says("hello", last, go))) {
                Endpoint endpoint = new Endpoint(true, "localhost", server.port());
                becomesStale(Dialer.sockets(here.context(), true), endpoint, go);
            }
        }
    }

    /** Greets, waits, then says something more or closes. */
    private static RawServer.Script says(String first, String last, CountDownLatch go) {
        return peer -> {
            peer.say(first);
            go.await();
            if (!last.isEmpty()) {
                peer.say(last);
                peer.awaitHangUp();
            }
        };
    }

    private static void becomesStale(Dialer dialer, Endpoint endpoint, CountDownLatch go)
            throws IOException, InterruptedException {
        try (ByteStream stream = dialer.open(endpoint, LONG)) {
            byte[] bytes = new byte[5];
            int count = 0;
            while (count < 5) {
                count += stream.read(bytes, count, 5 - count, LONG.toMillis());
            }
            assertThat(stream.stale()).isFalse();

            go.countDown();

            Waiting.until(stream::stale);
        }
    }
}
