package dev.geniehive.control.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.control.hive.HeldHive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventFeedTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final HeldHive held = new HeldHive();
    private final EventLog log = new EventLog(held.hive(), () -> Instant.EPOCH);

    @Test
    void beginsAtOnceAndThenTellsWhatHappens() throws Exception {
        EventFeed feed = new EventFeed(log, log.last(), LONG);

        assertThat(read(feed)).startsWith(": ").contains("retry: ");
        Thread later = Thread.ofVirtual().start(() -> held.serves("box/llama", "qwen"));

        assertThat(read(feed)).contains("id: 0-1\nevent: host.joined\ndata: {").endsWith("\n\n");
        later.join();
    }

    @Test
    void goesOnAfterTheLastEventThatWasSeen() throws Exception {
        held.serves("box/llama", "qwen");
        assertThat(log.last()).isEqualTo(3);
        EventFeed feed = new EventFeed(log, log.number("0-2"), LONG);
        read(feed);

        assertThat(read(feed)).startsWith("id: 0-3\n").doesNotContain("id: 0-2");
    }

    @Test
    void saysThatItDoesNotKnowWhatWasSeenInAnotherProcess() throws Exception {
        held.serves("box/llama", "qwen");
        EventFeed feed = new EventFeed(log, log.number("other-17"), LONG);

        assertThat(read(feed)).contains("event: missed");
        assertThat(read(feed)).startsWith("id: 0-1\n").contains("id: 0-3\n");
    }

    @Test
    void saysHowManyWereMissedWhereTooManyCame() throws Exception {
        EventFeed feed = new EventFeed(log, log.last(), LONG);
        read(feed);
        held.serves("box/llama", "qwen");
        for (int i = 0; i < EventLog.KEPT; i++) {
            held.drop("box/llama");
            held.beat("box");
            held.serves("box/llama", "qwen");
        }

        assertThat(read(feed)).matches("(?s)event: missed\ndata: .*[0-9]+ events came in between.*");
    }

    @Test
    void keepsAQuietConnectionAliveAndEndsWithTheLog() throws Exception {
        EventFeed feed = new EventFeed(log, log.last(), Duration.ofMillis(1));
        read(feed);

        assertThat(read(feed)).isEqualTo(": still here\n\n");
        log.close();
        assertThat(feed.read(new byte[10], 0, 10)).isEqualTo(-1);
    }

    @Test
    void anIdFromTheFutureOrOfNonsenseIsNotKnown() {
        held.serves("box/llama", "qwen");

        assertThat(log.number("0-4")).isEqualTo(-1);
        assertThat(log.number("0-x")).isEqualTo(-1);
        assertThat(log.number("")).isEqualTo(-1);
        assertThat(log.number("0-0")).isZero();
    }

    private static String read(EventFeed feed) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int count = feed.read(buffer, 0, buffer.length);
        return new String(buffer, 0, count, StandardCharsets.UTF_8);
    }
}
