package dev.geniehive.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTableTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofMinutes(15));

    @TempDir
    private Path folder = Path.of(".");

    private @Nullable Store opened;

    @BeforeEach
    void open() {
        opened =
                Store.open(StoreSettings.of("jdbc:sqlite:" + folder.resolve("geniehive.db")), InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        store().close();
    }

    @Test
    void usesATokenAndKeepsTheNodeTogether() {
        store().tokens().add("token", NOW, END);

        assertThat(store().nodes().join("token", node("n1", "workshop"), NOW)).contains("n1");

        assertThat(store().nodes().all()).containsExactly(node("n1", "workshop"));
        assertThat(store().tokens().all(NOW)).containsExactly(new StoredToken("token", END, Optional.of("n1")));
    }

    @Test
    void takesNoTokenThatHasExpiredOrThatNobodyMade() {
        store().tokens().add("token", NOW, NOW.plusMillis(500));

        assertThat(store().nodes().join("token", node("n1", "workshop"), NOW.plusMillis(500)))
                .isEmpty();
        assertThat(store().nodes().join("other", node("n1", "workshop"), NOW)).isEmpty();
        assertThat(store().nodes().all()).isEmpty();
        assertThat(store().tokens().all(NOW.plusMillis(500))).isEmpty();
    }

    @Test
    void letsExactlyOneOfManyUseAToken() throws Exception {
        store().tokens().add("token", NOW, END);
        CyclicBarrier together = new CyclicBarrier(20);
        List<Future<Optional<String>>> joins = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                StoredNode node = node("n" + i, "workshop");
                joins.add(threads.submit(() -> {
                    together.await();
                    return store().nodes().join("token", node, NOW);
                }));
            }
        }

        List<String> won = new ArrayList<>();
        for (Future<Optional<String>> join : joins) {
            join.get().ifPresent(won::add);
        }
        assertThat(won).hasSize(1);
        assertThat(store().nodes().all()).extracting(StoredNode::id).isEqualTo(won);
    }

    @Test
    void letsTheVeryNodeBringItsTokenAgainForAnotherKey() {
        store().tokens().add("token", NOW, END);
        store().nodes().join("token", node("n1", "workshop"), NOW);
        StoredNode again = new StoredNode("n7", "workshop", "other-hash", about("nonce-n1"), false, NOW, NOW);

        assertThat(store().nodes().join("token", again, NOW.plusSeconds(1))).contains("n1");

        assertThat(store().nodes().all()).singleElement().satisfies(node -> {
            assertThat(node.id()).isEqualTo("n1");
            assertThat(node.keyHash()).isEqualTo("other-hash");
        });
    }

    @Test
    void letsNobodyElseBringAUsedToken() {
        store().tokens().add("token", NOW, END);
        store().nodes().join("token", node("n1", "workshop"), NOW);

        assertThat(store().nodes().join("token", node("n1", "another"), NOW)).isEmpty();
        assertThat(store().nodes()
                        .join("token", new StoredNode("n1", "workshop", "h", about("guess"), false, NOW, NOW), NOW))
                .isEmpty();
        assertThat(store().nodes().join("token", node("n1", "workshop"), END))
                .as("not even the node itself, once it has expired")
                .isEmpty();
    }

    @Test
    void aNodeWithoutANonceCannotBringItsTokenAgain() {
        store().tokens().add("token", NOW, END);
        StoredNode nameless = new StoredNode("n1", "workshop", "h", about(""), false, NOW, NOW);
        store().nodes().join("token", nameless, NOW);

        assertThat(store().nodes().join("token", nameless, NOW)).isEmpty();
    }

    @Test
    void aRemovedNodeCannotBringItsTokenAgain() {
        store().tokens().add("token", NOW, END);
        store().nodes().join("token", node("n1", "workshop"), NOW);

        assertThat(store().nodes().remove("n1", NOW)).isTrue();

        assertThat(store().nodes().join("token", node("n1", "workshop"), NOW)).isEmpty();
        assertThat(store().nodes().all()).isEmpty();
        assertThat(store().nodes().remove("n1", NOW)).isFalse();
    }

    @Test
    void aNodeThatComesBackGoesOnDrainingAndOneThatJoinsAnewDoesNot() {
        store().nodes().put(node("n1", "workshop"));
        assertThat(store().nodes().drain("n1", true)).isTrue();

        store().nodes().put(node("n1", "workshop"));
        assertThat(store().nodes().all().getFirst().draining()).isTrue();

        store().nodes().remove("n1", NOW);
        store().nodes().put(node("n1", "workshop"));
        assertThat(store().nodes().all().getFirst().draining()).isFalse();
        assertThat(store().nodes().drain("n2", true)).isFalse();
    }

    @Test
    void keepsReportsOfNodesThatAreKnownAndForgetsThoseOfRemovedOnes() {
        store().nodes().put(node("n1", "workshop"));

        store().reports().put(Map.of("n1", "[]", "ghost", "[1]"), NOW);
        assertThat(store().reports().all()).containsOnly(Map.entry("n1", "[]"));

        store().reports().put(Map.of("n1", "[2]"), NOW);
        assertThat(store().reports().all()).containsOnly(Map.entry("n1", "[2]"));

        store().nodes().remove("n1", NOW);
        assertThat(store().reports().all()).isEmpty();
    }

    @Test
    void keepsWhenNodesWereSeen() {
        store().nodes().put(node("n1", "workshop"));

        store().nodes().seen(Map.of("n1", NOW.plusSeconds(9), "ghost", NOW));

        assertThat(store().nodes().all().getFirst().lastSeenAt()).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void keepsWhatWasLearnedOfEachModelUntilItsServiceIsGone() {
        StoredPerformance qwen = new StoredPerformance("n1/a", "qwen", "{}", NOW);
        StoredPerformance llama = new StoredPerformance("n1/a", "llama", "{\"samples\":1}", NOW);
        StoredPerformance other = new StoredPerformance("n2/a", "qwen", "{}", NOW);
        StoredPerformance newer = new StoredPerformance("n1/a", "qwen", "{\"samples\":2}", NOW.plusSeconds(1));

        store().performances().put(List.of(qwen, llama, other));
        store().performances().put(List.of(newer));
        assertThat(store().performances().all()).containsExactly(llama, newer, other);

        store().performances().retain(Set.of("n1/a"));
        assertThat(store().performances().all()).containsExactly(llama, newer);
    }

    private Store store() {
        return Objects.requireNonNull(opened);
    }

    static StoredNode node(String id, String name) {
        return new StoredNode(id, name, "hash-" + id, about("nonce-" + id), false, NOW, NOW);
    }

    private static StoredNode.About about(String nonce) {
        return new StoredNode.About(nonce, "0.3.0", Map.of("zone", "attic \"x\""), "{\"os\":\"Linux\"}");
    }
}
