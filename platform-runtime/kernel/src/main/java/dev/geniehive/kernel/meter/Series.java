package dev.geniehive.kernel.meter;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The series of one meter, by the values of their labels: at most so many, and one more in which every label is
 * {@code other}. May exceed the limit by as many as there are threads that make a new one at the same moment.
 *
 * @param <M> the meter
 */
final class Series<M> {
    static final String OTHER = "other";

    private final int limit;
    private final Function<List<String>, M> create;
    private final Map<List<String>, M> meters = new ConcurrentHashMap<>();

    Series(int limit, Function<List<String>, M> create) {
        this.limit = limit;
        this.create = create;
    }

    M of(String... values) {
        List<String> labels = List.of(values);
        M known = meters.get(labels);
        if (known != null) {
            return known;
        }
        List<String> bounded = meters.size() < limit ? labels : Collections.nCopies(labels.size(), OTHER);
        return meters.computeIfAbsent(bounded, create);
    }
}
