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
            if (!isToken(name)) {
                throw new IllegalArgumentException("a header name must be a token, was '%s'".formatted(name));
            }
            if (!isOneLine(value)) {
                throw new IllegalArgumentException("the value of header %s holds a line end or NUL".formatted(name));
            }
        }

        private static boolean isToken(String name) {
            for (int i = 0; i < name.length(); i++) {
                if (!isTokenChar(name.charAt(i))) {
                    return false;
                }
            }
            return !name.isEmpty();
        }

        private static boolean isTokenChar(char c) {
            if ((c >= 'a' && c <= 'z') || c == '-') { // as nearly all are
                return true;
            }
            return switch (c) {
                case '"', '(', ')', ',', '/', ':', ';', '<', '=', '>', '?', '@', '[', '\\', ']', '{', '}' -> false;
                default -> c > ' ' && c < 127;
            };
        }

        private static boolean isOneLine(String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '\r' || c == '\n' || c == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@return headers from names and values in turn} */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("headers come as name and value in turn");
        }
        List<Entry> entries = new ArrayList<>(namesAndValues.length / 2);
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
        List<String> values = new ArrayList<>(1);
        for (Entry entry : entries) {
            if (entry.name().equalsIgnoreCase(name)) {
                values.add(entry.value());
            }
        }
        return List.copyOf(values);
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
