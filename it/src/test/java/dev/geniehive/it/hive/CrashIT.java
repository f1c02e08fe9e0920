package dev.geniehive.it.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.it.client.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The control plane is killed at any moment, and what it has said that it did is done. */
@Timeout(1_800)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("alone")
class CrashIT {
    private static final int ROUNDS = Integer.getInteger("geniehive.crash.rounds", 5);
    private static final long SEED = Long.getLong("geniehive.crash.seed", 20_261_122L);
    private static final int MOST_MS = 1_500;
    private static final int MOST_KEPT = 60;
    private static final int READY_SECONDS = 20;

    private final Random random = new Random(SEED);
    private final Path folder;
    private final Control control;

    CrashIT(@TempDir Path folder) {
        this.folder = folder;
        control = Control.start(
                Distribution.unpackTo(folder.resolve("unpacked")),
                folder.resolve("control"),
                "access: { require-keys: true }\nheartbeat: { interval: 250ms, lost-after: 2s }\n");
    }

    @AfterAll
    void stop() {
        control.close();
    }

    @Test
    void losesNothingThatWasAcknowledged(TestReporter reporter) throws Exception {
        Acknowledged acknowledged = new Acknowledged();
        long slowest = 0;
        int writes = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            writes -= acknowledged.count();
            try (Writers writers = Writers.on(control.port(), acknowledged, round)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_MS)));
                control.kill();
            }
            writes += acknowledged.count();
            assertWhole(round);
            long started = System.nanoTime();
            control.again();
            Eventually.see(READY_SECONDS, () -> Reply.get(control, "/readyz"), ready -> ready.status() == 200);
            slowest = Math.max(slowest, System.nanoTime() - started);
            assertThere(acknowledged, round);
            acknowledged.keepSome(MOST_KEPT);
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(slowest))
                .as("until it was ready, s")
                .isLessThan(READY_SECONDS);
        assertThat(writes).as("writes that were acknowledged").isGreaterThan(ROUNDS);
        reporter.publishEntry(
                "crashes",
                "%d, seed %d, %d writes acknowledged and found again, ready after %.1f s at most"
                        .formatted(ROUNDS, SEED, writes, slowest / 1e9));
    }

    private void assertThere(Acknowledged acknowledged, int round) throws IOException {
        try (RawClient client = RawClient.connect(control.port())) {
            for (String key : acknowledged.keys()) {
                assertThat(models(client, key))
                        .as("round %d: a key that was made", round)
                        .isEqualTo(200);
            }
            for (String key : acknowledged.revoked()) {
                assertThat(models(client, key))
                        .as("round %d: a key that was revoked", round)
                        .isEqualTo(401);
            }
            for (PretendedNode node : acknowledged.nodes()) {
                node.beat(client, 1);
                assertThat(Outcome.get(control.port(), "/v1/cluster/hosts/" + node.id()))
                        .as("round %d", round)
                        .contains("\"online\"");
            }
            for (String token : acknowledged.takeInvitations()) {
                acknowledged.joined(PretendedNode.join(control.port(), "late", token));
            }
        }
    }

    private static int models(RawClient client, String key) throws IOException {
        client.get("/v1/models", "Authorization: Bearer " + key);
        return Reply.of(client).status();
    }

    /** The database is whole, as the crash left it: looked at in a copy, so that nobody mends the original. */
    private void assertWhole(int round) throws Exception {
        Path copy = Files.createDirectory(folder.resolve("round-" + round));
        try (Stream<Path> files = Files.list(control.home())) {
            for (Path file : files.filter(CrashIT::isOfTheDatabase).toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("geniehive.db"));
                ResultSet result = database.createStatement().executeQuery("PRAGMA integrity_check")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).as("round %d", round).isEqualTo("ok");
        }
    }

    private static boolean isOfTheDatabase(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("geniehive.db") && !name.endsWith("-shm");
    }
}
