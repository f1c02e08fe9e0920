package dev.geniehive.kernel.config;

import java.util.Map;
import java.util.TreeMap;

/** A configuration as one line a value: dotted keys in alphabetical order, with what holds. */
final class Flat {
    private Flat() {}

    /** {@return the values of all sources, placeholders not replaced} */
    static Map<String, Node.Scalar> of(Node.Mapping root, Layers layers, Ledger ledger) {
        Map<String, Node.Scalar> values = new TreeMap<>();
        layers.defaultKeys().forEach(key -> put(values, layers, key));
        add(values, "", root);
        layers.flags().keySet().forEach(key -> put(values, layers, key));
        ledger.all().stream().filter(key -> layers.override(key).isPresent()).forEach(key -> put(values, layers, key));
        values.keySet().stream()
                .filter(key -> layers.override(key).isPresent())
                .toList()
                .forEach(key -> put(values, layers, key));
        return values;
    }

    private static void put(Map<String, Node.Scalar> values, Layers layers, String key) {
        layers.find(key, null).ifPresent(node -> {
            if (node instanceof Node.Scalar scalar) {
                values.put(key, scalar);
            }
        });
    }

    private static void add(Map<String, Node.Scalar> values, String path, Node node) {
        switch (node) {
            case Node.Scalar scalar when scalar.nothing() -> {}
            case Node.Scalar scalar -> values.put(path, scalar);
            case Node.Mapping mapping ->
                mapping.fields().forEach((key, field) -> add(values, Paths.join(path, key), field.value()));
            case Node.Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    add(values, path + "[" + i + "]", list.items().get(i));
                }
            }
        }
    }
}
