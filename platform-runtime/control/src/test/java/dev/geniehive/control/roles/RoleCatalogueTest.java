package dev.geniehive.control.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.store.Store;
import dev.geniehive.store.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleCatalogueTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));

    private final AtomicInteger changes = new AtomicInteger();
    private Store store;
    private RoleCatalogue roles;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = Store.open(StoreSettings.of("jdbc:sqlite:" + folder.resolve("geniehive.db")), CLOCK);
        roles = new RoleCatalogue(store.roles(), CLOCK, Map.of("fixed", role("fixed", "{}")));
        roles.onChange(changes::incrementAndGet);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRoleCountsAtOnceAndIsKept() {
        assertThat(roles.put(role("a", "{\"fallback\":[\"fixed\"]}"))).isTrue();
        assertThat(roles.put(role("a", "{\"description\":\"b\"}"))).isFalse();

        assertThat(roles.book().find("a").orElseThrow().description()).isEqualTo("b");
        assertThat(changes).hasValue(2);
        RoleCatalogue again = new RoleCatalogue(store.roles(), CLOCK, Map.of());
        assertThat(again.book().entries()).containsOnlyKeys("a");
        assertThat(again.book().find("a")).isEqualTo(roles.book().find("a"));
    }

    @Test
    void thoseOfTheFileAreTheFiles() {
        refused(ErrorKind.CONFLICT, () -> roles.put(role("fixed", "{}")));
        refused(ErrorKind.CONFLICT, () -> roles.remove("fixed"));
        roles.put(role("a", "{}"));

        roles.configured(Map.of("a", role("a", "{\"description\":\"file\"}")));

        assertThat(roles.book().entries()).containsOnlyKeys("a");
        assertThat(roles.book().entries().get("a"))
                .isEqualTo(new RoleBook.Entry(role("a", "{\"description\":\"file\"}"), true, true));
        roles.configured(Map.of());
        assertThat(roles.book().find("a").orElseThrow().description()).isEmpty();
    }

    @Test
    void nobodyIsLeftWithoutAFallback() {
        roles.put(role("a", "{}"));
        roles.put(role("b", "{\"fallback\":[\"a\"]}"));

        refused(ErrorKind.CONFLICT, () -> roles.remove("a"));
        refused(ErrorKind.INVALID_REQUEST, () -> roles.put(role("a", "{\"fallback\":[\"b\"]}")));
        refused(ErrorKind.INVALID_REQUEST, () -> roles.put(role("a", "{\"operation\":\"embedding\"}")));
        refused(ErrorKind.INVALID_REQUEST, () -> roles.put(role("c", "{\"fallback\":[\"nobody\"]}")));
        refused(ErrorKind.NOT_FOUND, () -> roles.remove("c"));
        roles.remove("b");
        roles.remove("a");
        assertThat(store.roles().all()).isEmpty();
    }

    @Test
    void whatALaterVersionWroteIsLeftAloneAndDoesNotCount() {
        store.roles().put("strange", "{\"wings\":2}", CLOCK.instant());
        store.roles().put("broken", "{", CLOCK.instant());
        store.roles().put("good", "{}", CLOCK.instant());

        RoleCatalogue later = new RoleCatalogue(store.roles(), CLOCK, Map.of());

        assertThat(later.book().entries()).containsOnlyKeys("good");
        assertThat(store.roles().all()).hasSize(3);
    }

    private static void refused(ErrorKind kind, Runnable what) {
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(what::run)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    private static Role role(String name, String definition) {
        return RoleJson.read(name, Json.parse(definition.getBytes(StandardCharsets.UTF_8)));
    }
}
