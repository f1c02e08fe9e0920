package dev.geniehive.control.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Operation;
import dev.geniehive.kernel.access.KeyHash;
import dev.geniehive.kernel.access.Principal;
import dev.geniehive.store.Store;
import dev.geniehive.store.StoreSettings;
import dev.geniehive.store.StoredKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void knowsAKeyFromTheMomentItIsMadeAndAfterARestart() {
        String secret;
        try (Store store = open()) {
            KeyRing ring = ring(store);

            secret = ring.create("laptop", "client", StoredKey.Scopes.ALL).secret();

            assertThat(ring.find(KeyHash.of(secret))).contains(new Principal("laptop", Principal.Kind.CLIENT));
        }
        try (Store store = open()) {
            assertThat(ring(store).find(KeyHash.of(secret))).contains(new Principal("laptop", Principal.Kind.CLIENT));
        }
    }

    @Test
    void knowsARevokedKeyNoMoreAlsoAfterARestart() {
        String secret;
        try (Store store = open()) {
            KeyRing ring = ring(store);
            secret = ring.create("laptop", "client", StoredKey.Scopes.ALL).secret();

            ring.revoke("laptop");

            assertThat(ring.find(KeyHash.of(secret))).isEmpty();
        }
        try (Store store = open()) {
            assertThat(ring(store).find(KeyHash.of(secret))).isEmpty();
        }
    }

    @Test
    void goesOnKnowingKeysWhenTheStoreIsAway() {
        Store store = open();
        KeyRing ring = ring(store);
        String secret = ring.create("laptop", "client", StoredKey.Scopes.ALL).secret();

        store.close();

        assertThat(ring.find(KeyHash.of(secret))).isPresent();
        assertThatExceptionOfType(GenieException.class)
                .isThrownBy(() -> ring.revoke("laptop"))
                .satisfies(failed -> assertThat(failed.problem().code()).isEqualTo("storage_unavailable"));
    }

    @Test
    void holdsAKeyToItsModelsAndOperations() {
        try (Store store = open()) {
            KeyRing ring = ring(store);
            ring.create("guest", "client", new StoredKey.Scopes(List.of("llama-*"), List.of("chat"), List.of()));
            Caller guest = new Caller("guest", "req_1");

            assertThatCode(() -> ring.check(guest, Operation.CHAT, "llama-3")).doesNotThrowAnyException();
            assertThat(ring.maySee(guest, "qwen")).isFalse();
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> ring.check(guest, Operation.CHAT, "qwen"))
                    .withMessage("The key 'guest' may not be used for the model 'qwen', but for llama-*.")
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.FORBIDDEN));
            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> ring.check(guest, Operation.EMBEDDING, "llama-3"));
        }
    }

    @Test
    void knowsTheQueuesThatKeysAreBoundTo() {
        try (Store store = open()) {
            KeyRing ring = ring(store);
            ring.create("free", "client", StoredKey.Scopes.ALL);
            ring.create("bound", "client", new StoredKey.Scopes(List.of(), List.of(), List.of("review", "night")));
            ring.create("ended", "client", new StoredKey.Scopes(List.of(), List.of(), List.of("gone")));
            ring.revoke("ended");

            assertThat(ring.queues(new Caller("bound", "r1"))).containsExactly("review", "night");
            assertThat(ring.queues(new Caller("free", "r1"))).isEmpty();
            assertThat(ring.queues(new Caller("loopback", "r1"))).isEmpty();
            assertThat(ring.queues()).containsExactlyInAnyOrder("review", "night");
            assertThat(ring.boundTo("review")).containsExactly("bound");
        }
    }

    @Test
    void keepsNoKeyOnlyItsHash() throws Exception {
        String secret;
        try (Store store = open()) {
            secret =
                    ring(store).create("laptop", "client", StoredKey.Scopes.ALL).secret();
        }

        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret)
                        .doesNotContain(secret.substring(10));
            }
        }
    }

    @Test
    void refusesASecondKeyOfAName() {
        try (Store store = open()) {
            KeyRing ring = ring(store);
            ring.create("laptop", "client", StoredKey.Scopes.ALL);

            assertThatExceptionOfType(GenieException.class)
                    .isThrownBy(() -> ring.create("laptop", "admin", StoredKey.Scopes.ALL))
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.CONFLICT));
        }
    }

    private Store open() {
        return Store.open(StoreSettings.of("jdbc:sqlite:" + folder.resolve("geniehive.db")), CLOCK);
    }

    private static KeyRing ring(Store store) {
        return new KeyRing(store.keys(), CLOCK, new SecureRandom());
    }
}
