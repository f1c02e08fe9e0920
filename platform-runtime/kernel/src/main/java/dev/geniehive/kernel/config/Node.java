package dev.geniehive.kernel.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A piece of configuration and where it stands. Immutable. */
sealed interface Node {
    Origin origin();

    /** {@return the number of nodes of this tree, what aliases point to counted each time} */
    int size();

    /** {@return what it is, in the words of a message} */
    String kind();

    /**
     * A single value.
     *
     * @param text without quotes, placeholders not replaced
     * @param nothing whether it is YAML's null, which reads like an absent key
     * @param quoted whether it stands in quotes, and so is a string whatever it looks like
     */
    record Scalar(String text, boolean nothing, boolean quoted, Origin origin) implements Node {
        Scalar(String text, Origin origin) {
            this(text, false, false, origin);
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public String kind() {
            return "a value";
        }
    }

    /** A list. */
    record Sequence(List<Node> items, int size, Origin origin) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A section. */
    record Mapping(Map<String, Field> fields, int size, Origin origin) implements Node {
        public Mapping {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** {@return the same without some of its keys} */
        Mapping without(Set<String> keys) {
            Map<String, Field> rest = new LinkedHashMap<>(fields);
            rest.keySet().removeAll(keys);
            return new Mapping(rest, size, origin);
        }

        static Mapping empty(Origin origin) {
            return new Mapping(Map.of(), 1, origin);
        }

        @Override
        public String kind() {
            return "a section";
        }
    }

    /**
     * One key of a section.
     *
     * @param key where the key stands
     */
    record Field(Origin key, Node value) {}
}
