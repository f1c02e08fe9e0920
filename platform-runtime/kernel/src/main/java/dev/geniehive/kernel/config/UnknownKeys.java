package dev.geniehive.kernel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what is there and nobody read. Looks at what was asked so far, so it comes after everyone has read. */
final class UnknownKeys {
    private static final String PLUGINS = "plugins";

    private final Ledger ledger;
    private final Schema schema;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    private UnknownKeys(Ledger ledger, Schema schema) {
        this.ledger = ledger;
        this.schema = schema;
    }

    /**
     * What was found.
     *
     * @param problems keys that nobody knows
     * @param notices what passes and is worth a line
     */
    record Found(List<ConfigProblem> problems, List<String> notices) {}

    static Found find(Node.Mapping root, Layers layers, Ledger ledger, Schema schema) {
        UnknownKeys unknown = new UnknownKeys(ledger, schema);
        unknown.walk("", root);
        Set<String> asked = ledger.all();
        new TreeMap<>(layers.flags()).forEach((key, value) -> unknown.flag(key, value, asked));
        new TreeMap<>(layers.variables()).forEach((name, value) -> unknown.variable(name, value, asked));
        return new Found(List.copyOf(unknown.problems), List.copyOf(unknown.notices));
    }

    private void walk(String path, Node.Mapping section) {
        for (Map.Entry<String, Node.Field> entry : section.fields().entrySet()) {
            String key = entry.getKey();
            Node.Field field = entry.getValue();
            String full = Paths.join(path, key);
            if (schema.unwritten().contains(full)) {
                problems.add(new ConfigProblem(
                        field.key(), full, "does not belong into a file; see the flags of geniehive agent"));
            } else if (ledger.keys(path).contains(key)) {
                below(full, field.value());
            } else if (path.equals(PLUGINS)) {
                notices.add("%s: no plugin '%s' is here, so '%s' is not used".formatted(field.key(), key, full));
            } else if (!path.isEmpty() || !schema.sections().contains(key)) {
                problems.add(new ConfigProblem(field.key(), full, "unknown key" + suggestion(path, key)));
            }
        }
    }

    private void below(String full, Node value) {
        if (value instanceof Node.Mapping mapping && ledger.isOpen(full)) {
            walk(full, mapping);
        } else if (value instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                String item = full + "[" + i + "]";
                if (list.items().get(i) instanceof Node.Mapping mapping && ledger.isOpen(item)) {
                    walk(item, mapping);
                }
            }
        }
    }

    private void flag(String key, Node.Scalar value, Set<String> asked) {
        String top = Paths.top(key);
        if (passes(top) || schema.unwritten().contains(key) || (asked.contains(key) && !ledger.isOpen(key))) {
            return;
        }
        if (ledger.isOpen(key)) {
            problems.add(new ConfigProblem(value.origin(), key, "is a section; name a key in it"));
        } else {
            String path = Paths.parent(key);
            problems.add(new ConfigProblem(value.origin(), key, "unknown key" + suggestion(path, Paths.last(key))));
        }
    }

    private void variable(String name, Node.Scalar value, Set<String> asked) {
        Map<String, String> known = new TreeMap<>();
        asked.forEach(key -> known.put(Paths.variable(key), key));
        schema.unwritten().forEach(key -> known.put(Paths.variable(key), key));
        if (known.containsKey(name) && !ledger.isOpen(String.valueOf(known.get(name)))) {
            return;
        }
        String top = schema.sections().stream()
                .filter(section -> name.startsWith(Paths.variable(section) + "_"))
                .findFirst()
                .orElse("");
        String suggestion = DidYouMean.among(known.keySet(), name)
                .map("; did you mean '%s'?"::formatted)
                .orElse("");
        if (top.isEmpty()) {
            notices.add("%s: is not configuration and is not used%s".formatted(value.origin(), suggestion));
        } else if (!passes(top)) {
            problems.add(new ConfigProblem(value.origin(), "", "unknown key in '" + top + "'" + suggestion));
        }
    }

    private boolean passes(String top) {
        return schema.sections().contains(top) && (top.equals(PLUGINS) || !ledger.isOpen(top));
    }

    private String suggestion(String path, String key) {
        Set<String> words = new TreeSet<>(ledger.keys(path));
        if (path.isEmpty()) {
            words.addAll(schema.sections());
        }
        return DidYouMean.among(words, key)
                .or(() -> ledger.all().stream()
                        .filter(full -> Paths.last(full).equals(key) && !full.contains("["))
                        .min(String::compareTo))
                .map("; did you mean '%s'?"::formatted)
                .orElse("");
    }
}
