package dev.geniehive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.geniehive.api.model.GenieException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void keepsWhatWasAcknowledgedOverAReopen() {
        StoredKey key = key("laptop");
        try (Store store = open()) {
            assertThat(store.keys().add(key)).isTrue();
            store.nodes().put(NodeTableTest.node("n1", "workshop"));
        }

        try (Store store = open()) {
            assertThat(store.keys().all()).containsExactly(key);
            assertThat(store.nodes().all()).containsExactly(NodeTableTest.node("n1", "workshop"));
        }
    }

    @Test
    void refusesASecondKeyOfAName() {
        try (Store store = open()) {
            store.keys().add(key("laptop"));

            assertThat(store.keys()
                            .add(new StoredKey(
                                    "other", "laptop", "client", "h2", StoredKey.Scopes.ALL, NOW, Optional.empty())))
                    .isFalse();
            assertThat(store.keys().all()).hasSize(1);
        }
    }

    @Test
    void revokesAKeyOnce() {
        try (Store store = open()) {
            store.keys().add(key("laptop"));

            assertThat(store.keys().revoke("key-laptop", NOW.plusSeconds(1))).isTrue();
            assertThat(store.keys().revoke("key-laptop", NOW.plusSeconds(2))).isFalse();
            assertThat(store.keys().all().getFirst().revokedAt()).contains(NOW.plusSeconds(1));
        }
    }

    @Test
    void refusesASecondProcessAndNamesTheFirst() {
        try (Store store = open()) {
            assertThat(store.isWritable()).isTrue();

            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining("process " + ProcessHandle.current().pid())
                    .withMessageContaining("--home")
                    .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("storage_unavailable"));
        }
    }

    @Test
    void leavesADamagedFileAsItIsAndTellsTheWayOut() throws IOException {
        byte[] damaged =
                "this is no database, whatever its name says".repeat(100).getBytes(StandardCharsets.UTF_8);
        Files.write(file(), damaged);

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(this::open)
                .withMessageContaining("is damaged")
                .withMessageContaining("move it away");
        assertThat(file()).hasBinaryContent(damaged);
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws IOException {
        try (Store store = open()) {
            store.write(handle -> handle.execute("INSERT INTO schema_migration VALUES (99, 'later', 'x', 'y')"));
        }

        assertThatExceptionOfType(GenieException.class).isThrownBy(this::open).withMessageContaining("newer GenieHive");
    }

    @Test
    void refusesADatabaseWhoseStepsWereOthers() {
        try (Store store = open()) {
            store.write(handle -> handle.execute("UPDATE schema_migration SET checksum = 'x' WHERE version = 1"));
        }

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(this::open)
                .withMessageContaining("0001-access-and-nodes");
    }

    @Test
    void keepsACopyBeforeEveryLaterStep() throws IOException {
        try (Store store = open()) {
            store.keys().add(key("laptop"));
            List<Migrations.Step> steps = new ArrayList<>(Migrations.all());
            steps.add(new Migrations.Step(steps.size() + 1, "0003-later", "CREATE TABLE later (x TEXT) STRICT;"));

            store.unguarded(handle -> {
                Migrations.apply(handle, steps, file(), NOW);
                return true;
            });
        }

        Path copy = folder.resolve("geniehive.db.before-0003-later");
        assertThat(copy).exists();
        try (Store before = Store.open(new StoreSettings(copy, Duration.ofSeconds(1), Duration.ofSeconds(5)), CLOCK)) {
            assertThat(before.keys().all()).containsExactly(key("laptop"));
        }
    }

    @Test
    void rollsAFailedStepBack() throws IOException {
        try (Store store = open()) {
            List<Migrations.Step> steps = new ArrayList<>(Migrations.all());
            steps.add(new Migrations.Step(
                    steps.size() + 1, "0003-broken", "CREATE TABLE half (x TEXT) STRICT; NOT SQL;"));

            assertThatIOException()
                    .isThrownBy(() -> store.unguarded(handle -> {
                        Migrations.apply(handle, steps, file(), NOW);
                        return true;
                    }));

            int tables =
                    store.read(handle -> handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE name = 'half'")
                            .mapTo(Integer.class)
                            .one());
            assertThat(tables).isZero();
        }
    }

    @Test
    void refusesNetworkFileSystems() {
        assertThatIOException()
                .isThrownBy(() -> Ground.refuseNetwork(folder, "nfs4"))
                .withMessageContaining("network file system (nfs4)")
                .withMessageContaining("--home");
    }

    @Test
    void saysStorageUnavailableWhenItIsClosed() {
        Store store = open();
        store.close();

        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> store.keys().all())
                .satisfies(failed -> assertThat(failed.problem().code()).isEqualTo("storage_unavailable"));
    }

    private Store open() {
        return Store.open(StoreSettings.of("jdbc:sqlite:" + file()), CLOCK);
    }

    private Path file() {
        return folder.resolve("geniehive.db");
    }

    private static StoredKey key(String name) {
        return new StoredKey(
                "key-" + name,
                name,
                "client",
                "hash-" + name,
                new StoredKey.Scopes(List.of("llama-*"), List.of("chat"), List.of()),
                NOW,
                Optional.empty());
    }
}
