package dev.geniehive.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleTableTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void keepsRolesOverARestart(@TempDir Path folder) {
        try (Store store = open(folder)) {
            store.roles().put("reviewer", "{}", NOW);
            store.roles().put("general", "{\"a\":1}", NOW);
            store.roles().put("reviewer", "{\"b\":2}", NOW);
        }

        try (Store store = open(folder)) {
            assertThat(store.roles().all())
                    .containsExactly(entry("general", "{\"a\":1}"), entry("reviewer", "{\"b\":2}"));
            assertThat(store.roles().remove("general")).isTrue();
            assertThat(store.roles().remove("general")).isFalse();
        }

        try (Store store = open(folder)) {
            assertThat(store.roles().all()).containsOnlyKeys("reviewer");
        }
    }

    private static Store open(Path folder) {
        return Store.open(StoreSettings.of("jdbc:sqlite:" + folder.resolve("geniehive.db")), InstantSource.fixed(NOW));
    }
}
