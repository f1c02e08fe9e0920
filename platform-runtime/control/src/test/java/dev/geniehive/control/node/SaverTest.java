package dev.geniehive.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.control.hive.HeldHive;
import dev.geniehive.control.hive.Host;
import dev.geniehive.control.hive.performance.Performance;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaverTest {
    @TempDir
    private Path folder = Path.of(".");

    private final Life life = new Life();

    @BeforeEach
    void start() {
        life.start(folder);
        life.registrar()
                .local(new Registration(
                        Optional.empty(),
                        "box",
                        "",
                        "0.3",
                        Map.of("zone", "attic"),
                        new Platform("Linux", "arm", 4, 9)));
    }

    @AfterEach
    void stop() {
        life.stop();
    }

    @Test
    void whatNodesReportedIsKnownAfterTheProcessWasKilled() {
        report(1, 0);
        life.after(Duration.ofSeconds(30));
        life.hive().heard("box");
        Instant seen = life.instant();
        Performance learned = life.host("box").services().getFirst().gauge().performance("qwen");
        learned.firstToken(Duration.ofMillis(250).toNanos());
        learned.succeeded();
        assertThat(life.saver().save(true)).isTrue();

        life.stop();
        life.after(Duration.ofHours(1)).start(folder);

        Host box = life.host("box");
        assertThat(box.status()).isEqualTo(Host.Status.LOST);
        assertThat(box.labels()).containsEntry("zone", "attic");
        assertThat(box.platform()).isEqualTo(new Platform("Linux", "arm", 4, 9));
        assertThat(life.hive().lastSeen("box")).isEqualTo(seen);
        assertThat(life.hive().snapshot().offers("qwen"))
                .extracting(offer -> offer.host())
                .containsExactly(Host.Status.LOST);
        Performance known = box.services().getFirst().gauge().performance("qwen");
        assertThat(known.firstTokenMillis()).isEqualTo(250);
        assertThat(known.samples()).isOne();
    }

    @Test
    void writesNothingForSlotsThatComeAndGo() {
        report(1, 0);
        life.saver().save(false);
        Map<String, String> before = life.store().reports().all();
        life.store().reports().put(Map.of("box", "[\"marked\"]"), life.instant());

        report(2, 3);
        life.saver().save(false);
        assertThat(life.store().reports().all())
                .as("what is written is what was marked by hand: nobody wrote over it")
                .containsEntry("box", "[\"marked\"]");

        life.hive().report(Heartbeat.full("box", 3, List.of()));
        life.saver().save(false);
        assertThat(life.store().reports().all()).containsEntry("box", "[]").isNotEqualTo(before);
    }

    @Test
    void whatTheStoreMissedIsWrittenOnceItIsBack() {
        report(1, 0);
        life.store().close();
        assertThat(life.saver().save(true)).isFalse();

        Saver other = saverOnAReopenedStore();

        assertThat(other.save(false)).isTrue();
        assertThat(life.store().reports().all().get("box")).contains("qwen");
    }

    @Test
    void aReportThatCannotBeReadIsLeftOutAndTheHostIsThere() {
        life.store().reports().put(Map.of("box", "{\"services\": 7}"), life.instant());

        life.stop();
        life.start(folder);

        assertThat(life.host("box").services()).isEmpty();
    }

    private Saver saverOnAReopenedStore() {
        var hive = life.hive();
        life.start(folder);
        return new Saver(hive, life.store(), life::instant);
    }

    private void report(long generation, int busy) {
        life.hive()
                .report(Heartbeat.full(
                        "box",
                        generation,
                        List.of(new ServiceReport(
                                "llama",
                                "llamacpp",
                                new Reach.Link(),
                                Terms.NONE,
                                HeldHive.slots(HeldHive.serving("qwen"), 4, busy),
                                generation))));
    }
}
