package dev.geniehive.control.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrieTest {
    private static final int STEPS = 20_000;

    @Test
    void isWhatAMapIsAfterAnyChanges() {
        Random random = new Random(7);
        Trie<Integer> trie = Trie.empty();
        Map<String, Integer> map = new HashMap<>();

        for (int step = 0; step < STEPS; step++) {
            String key = key(random);
            if (random.nextInt(3) == 0) {
                trie = trie.without(key);
                map.remove(key);
            } else {
                trie = trie.with(key, step);
                map.put(key, step);
            }
            assertThat(trie.get(key)).isEqualTo(map.get(key));
            assertThat(trie.size()).isEqualTo(map.size());
        }

        assertThat(trie.sorted()).isEqualTo(new TreeMap<>(map));
    }

    @Test
    void leavesTheOneItCameFromAsItWas() {
        Trie<String> before = Trie.<String>empty().with("a", "1").with("Aa", "2");

        Trie<String> after = before.with("BB", "3").with("a", "4").without("Aa");

        assertThat(before.sorted()).containsExactly(Map.entry("Aa", "2"), Map.entry("a", "1"));
        assertThat(after.sorted()).containsExactly(Map.entry("BB", "3"), Map.entry("a", "4"));
    }

    @Test
    void tellsWhatDiffers() {
        Random random = new Random(11);
        Trie<Object> before = Trie.empty();
        for (int i = 0; i < 3000; i++) {
            before = before.with(key(random), new Object());
        }
        Trie<Object> after = before;
        for (int i = 0; i < 100; i++) {
            after = random.nextBoolean() ? after.without(key(random)) : after.with(key(random), new Object());
        }

        Set<String> expected = new HashSet<>(before.sorted().keySet());
        expected.addAll(after.sorted().keySet());
        Map<String, Object> were = before.sorted();
        Map<String, Object> are = after.sorted();
        expected.removeIf(key -> Objects.equals(were.get(key), are.get(key)));
        assertThat(after.differing(before)).isEqualTo(expected);
        assertThat(before.differing(after)).isEqualTo(expected);
        assertThat(after.differing(after)).isEmpty();
    }

    /** "Aa" and "BB" have the same hash, and so have all words that are made of them. */
    private static String key(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            key.append(random.nextBoolean() ? "Aa" : "BB");
        }
        return random.nextInt(10) == 0 ? key.toString() : key.toString() + random.nextInt(500);
    }
}
