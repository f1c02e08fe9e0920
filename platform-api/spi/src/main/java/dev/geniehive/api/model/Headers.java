package dev.geniehive.api.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * HTTP headers in their order, repeated ones kept. Names compare without regard to case.
 *
 * @param entries one a line
 */
public record Headers(List<Entry> entries) {
    /** No headers. */
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        entries = List.copyOf(entries);
    }

    /**
     * One header line.
     *
     * @param name a token, never empty
     * @param value without line ends and NUL
     */
    public record Entry(String name, String value) {
        public Entry {
            if (name.isEmpty() || !name.chars().allMatch(Entry::isTokenChar)) {
                throw new IllegalArgumentException("a header name must be a token, was '%s'".formatted(name));
            }
            if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
                throw new IllegalArgumentException("the value of header %s holds a line end or NUL".formatted(name));
            }
        }

        private static boolean isTokenChar(int c) {
            return c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
    }

    /** {@return headers from names and values in turn} */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("headers come as name and value in turn");
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            entries.add(new Entry(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(entries);
    }

    /** {@return the first value of a name} */
    public Optional<String> first(String name) {
        for (Entry entry : entries) {
            if (entry.name().equalsIgnoreCase(name)) {
                return Optional.of(entry.value());
            }
        }
        return Optional.empty();
    }

    /** {@return all values of a name, in order} */
    public List<String> all(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equalsIgnoreCase(name))
                .map(Entry::value)
                .toList();
    }

    /** {@return the same headers and one more} */
    public Headers with(String name, String value) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(name, value));
        return new Headers(more);
    }

    /** {@return the same headers without those of a name} */
    public Headers without(String name) {
        return new Headers(entries.stream()
                .filter(entry -> !entry.name().equalsIgnoreCase(name))
                .toList());
    }

    /** {@return these headers followed by others} */
    public Headers and(Headers others) {
        List<Entry> more = new ArrayList<>(entries);
        more.addAll(others.entries);
        return new Headers(more);
    }
}
