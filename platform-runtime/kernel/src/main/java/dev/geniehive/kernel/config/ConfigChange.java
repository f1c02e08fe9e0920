package dev.geniehive.kernel.config;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * From one configuration to the next.
 *
 * @param before what held so far
 * @param after what holds now; checked
 * @param keys the dotted keys whose values differ, added and removed ones included
 */
public record ConfigChange(Configuration before, Configuration after, Set<String> keys) {
    public ConfigChange {
        keys = Collections.unmodifiableSet(new TreeSet<>(keys));
    }

    static ConfigChange between(Configuration before, Configuration after) {
        Map<String, String> old = texts(before);
        Map<String, String> next = texts(after);
        Set<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(next.keySet());
        keys.removeIf(key -> old.containsKey(key) && old.get(key).equals(next.get(key)));
        return new ConfigChange(before, after, keys);
    }

    /** {@return the top-level sections that hold a change} */
    public Set<String> sections() {
        return keys.stream().map(Paths::top).collect(Collectors.toUnmodifiableSet());
    }

    /** {@return whether a key or anything below a section changed} */
    public boolean touches(String path) {
        return keys.stream()
                .anyMatch(key -> key.equals(path) || key.startsWith(path + ".") || key.startsWith(path + "["));
    }

    private static Map<String, String> texts(Configuration configuration) {
        Map<String, String> texts = new TreeMap<>();
        configuration.values().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }
}
