package dev.geniehive.bench.measure;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What went wrong, and how often. Any number of threads may add. */
public final class Failures {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    public void add(String what) {
        counts.computeIfAbsent(what, one -> new LongAdder()).increment();
    }

    public void add(Exception failure) {
        String message = failure.getMessage();
        add(failure.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    }

    public void addAll(Failures more) {
        more.counts.forEach((what, count) ->
                counts.computeIfAbsent(what, one -> new LongAdder()).add(count.sum()));
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    public Map<String, Long> counts() {
        Map<String, Long> sorted = new TreeMap<>();
        counts.forEach((what, count) -> sorted.put(what, count.sum()));
        return sorted;
    }
}
