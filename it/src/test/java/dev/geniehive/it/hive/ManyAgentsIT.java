package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geniehive.it.client.RawClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many machines at one control plane. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
class ManyAgentsIT {
    private static final int AGENTS = Integer.getInteger("geniehive.many.agents", 200);

    private static final Duration LOST_AFTER = Duration.ofSeconds(5);

    private final Control control;

    ManyAgentsIT(@TempDir Path folder) {
        control = Control.start(Distribution.unpackTo(folder.resolve("unpacked")), folder.resolve("control"), "");
    }

    @AfterAll
    void stop() {
        control.close();
    }

    @Test
    void areAllHeardInTimeAndComeBackWithoutAStampede(TestReporter reporter) throws Exception {
        List<String> tokens = invitations();
        long began = System.nanoTime();
        try (Fleet fleet = Fleet.joining(control.port(), tokens)) {
            assertThat(fleet.now().awaitAll(60))
                    .as("%s %s", fleet.now(), fleet.troubles())
                    .isTrue();
            reporter.publishEntry("joined", "%d in %.1f s".formatted(AGENTS, (System.nanoTime() - began) / 1e9));
            assertThat(online()).isEqualTo(AGENTS);

            fleet.next();
            assertThat(fleet.now().awaitBeats(3, 60))
                    .as("%s %s", fleet.now(), fleet.troubles())
                    .isTrue();
            Fleet.Phase steady = fleet.next();
            reporter.publishEntry("steady", steady.toString());
            assertThat(steady.byDuration()).isNotEmpty().noneMatch(Fleet.Beat::late);

            control.kill();
            fleet.next();
            long restarted = System.nanoTime();
            control.again();
            Fleet.Phase back = fleet.now();
            assertThat(back.awaitAll(60)).as("%s %s", back, fleet.troubles()).isTrue();
            reporter.publishEntry(
                    "back after a crash",
                    "%s; all in %.1f s, at most %d within 100 ms"
                            .formatted(back, (System.nanoTime() - restarted) / 1e9, back.mostAtOnce(100)));
            assertThat(back.mostAtOnce(100)).isLessThanOrEqualTo(AGENTS * 2 / 3);
            // A process that is a second old may take longer for the first ones, but not so long that anybody is lost.
            assertThat(back.byDuration()).noneMatch(beat -> beat.takes(LOST_AFTER));
            assertThat(online()).isEqualTo(AGENTS);
            assertThat(fleet.troubles()).isEmpty();
        }
    }

    private long online() throws Exception {
        JsonNode hosts =
                Reply.getAsOperator(control, "/v1/cluster/hosts").json().get("data");
        long online = 0;
        for (JsonNode host : hosts) {
            online += host.get("status").asText().equals("online") ? 1 : 0;
        }
        return online;
    }

    private List<String> invitations() throws Exception {
        List<Meanwhile<List<String>>> parts = new ArrayList<>();
        int clients = 4;
        for (int i = 0; i < clients; i++) {
            int count = AGENTS / clients + (i < AGENTS % clients ? 1 : 0);
            parts.add(Meanwhile.of(() -> {
                List<String> some = new ArrayList<>();
                try (RawClient client = RawClient.connect(control.port())) {
                    for (int n = 0; n < count; n++) {
                        some.add(Control.invite(client));
                    }
                }
                return some;
            }));
        }
        List<String> tokens = new ArrayList<>();
        for (Meanwhile<List<String>> part : parts) {
            tokens.addAll(part.result());
        }
        assertThat(tokens).doesNotHaveDuplicates().hasSize(AGENTS);
        return tokens;
    }
}
