package dev.geniehive.kernel.meter;

import java.util.Arrays;
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
    private final Map<Values, M> meters = new ConcurrentHashMap<>();

    Series(int limit, Function<List<String>, M> create) {
        this.limit = limit;
        this.create = create;
    }

    M of(String... values) {
        Values labels = new Values(values);
        M known = meters.get(labels);
        if (known != null) {
            return known;
        }
        Values bounded = meters.size() < limit ? labels : Values.allOther(values.length);
        return meters.computeIfAbsent(bounded, missing -> create.apply(List.of(missing.texts)));
    }

    /** What a series is looked up by, several times for each request: cheaper to compare than a list. */
    private static final class Values {
        private final String[] texts;

        Values(String... texts) {
            this.texts = texts;
        }

        static Values allOther(int count) {
            String[] texts = new String[count];
            Arrays.fill(texts, OTHER);
            return new Values(texts);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Values values && Arrays.equals(texts, values.texts);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(texts);
        }
    }
}
