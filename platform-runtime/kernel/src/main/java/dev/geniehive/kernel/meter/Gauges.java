package dev.geniehive.kernel.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The gauges of other rooms, so many a name at most; what comes later is not shown. */
final class Gauges {
    private final MeterRegistry registry;
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<Map<String, String>, Entry>> shown = new HashMap<>();

    Gauges(MeterRegistry registry, int limit) {
        this.registry = registry;
        this.limit = limit;
    }

    /** {@return the gauge, in place of an earlier one with the same labels} */
    Shown add(Gauge.Builder<?> builder, String name, Map<String, String> labels) {
        Map<String, String> key = Map.copyOf(labels);
        lock.lock();
        try {
            Map<Map<String, String>, Entry> family = shown.computeIfAbsent(name, _ -> new HashMap<>());
            Entry earlier = family.remove(key);
            if (earlier != null) {
                registry.remove(earlier.gauge);
            }
            if (family.size() >= limit) {
                return () -> {};
            }
            key.forEach((label, value) -> builder.tag(label, value));
            Entry entry = new Entry(builder.strongReference(true).register(registry));
            family.put(key, entry);
            return () -> remove(family, key, entry);
        } finally {
            lock.unlock();
        }
    }

    private void remove(Map<Map<String, String>, Entry> family, Map<String, String> key, Entry entry) {
        lock.lock();
        try {
            if (family.remove(key, entry)) {
                registry.remove(entry.gauge);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Compared by identity: Micrometer's gauges are equal if their labels are. */
    private static final class Entry {
        private final Gauge gauge;

        private Entry(Gauge gauge) {
            this.gauge = gauge;
        }
    }
}
