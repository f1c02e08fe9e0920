package dev.geniehive.kernel.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** What was asked of a configuration, and what was wrong with it. Safe for use by many threads at once. */
final class Ledger {
    private final Map<String, Set<String>> asked = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<ConfigProblem> problems = new LinkedHashSet<>();

    /** Somebody opened a section, and is to be told what in it nobody knows. */
    void opened(String section) {
        asked.computeIfAbsent(section, _ -> ConcurrentHashMap.newKeySet());
    }

    void asked(String section, String key) {
        asked.computeIfAbsent(section, _ -> ConcurrentHashMap.newKeySet()).add(key);
    }

    boolean isOpen(String section) {
        return asked.containsKey(section);
    }

    /** {@return the keys that were asked for in a section, whether they are there or not} */
    Set<String> keys(String section) {
        return asked.getOrDefault(section, Set.of());
    }

    /** {@return all keys that were asked for, dotted} */
    Set<String> all() {
        Set<String> all = new LinkedHashSet<>();
        asked.forEach((section, keys) -> keys.forEach(key -> all.add(Paths.join(section, key))));
        return all;
    }

    void problem(ConfigProblem problem) {
        lock.lock();
        try {
            problems.add(problem);
        } finally {
            lock.unlock();
        }
    }

    List<ConfigProblem> problems() {
        lock.lock();
        try {
            return new ArrayList<>(problems);
        } finally {
            lock.unlock();
        }
    }
}
