package dev.geniehive.kernel.config;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One section, seen through all sources.
 *
 * @param source what it is a part of
 * @param path its dotted key, empty for the whole
 * @param section what the file says
 */
record SectionView(Source source, String path, Node.Mapping section) implements ConfigView {
    private static final int MAX_SHOWN = 100;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

    /** What all sections of one configuration share. */
    record Source(Layers layers, Placeholders placeholders, Ledger ledger) {}

    SectionView {
        source.ledger().opened(path);
    }

    @Override
    public Optional<String> string(String key) {
        return scalar(key, "a single value", text -> text);
    }

    @Override
    public OptionalInt integer(String key) {
        Optional<Integer> value = scalar(key, "a whole number", SectionView::whole);
        return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
    }

    @Override
    public Optional<Boolean> bool(String key) {
        return scalar(key, "true or false", SectionView::truth);
    }

    @Override
    public Optional<Duration> duration(String key) {
        return scalar(key, "a time such as 250ms, 30s, 5m or 2h", Units::duration);
    }

    @Override
    public OptionalLong bytes(String key) {
        Optional<Long> value = scalar(key, "a size such as 512B, 64KiB, 1MB or 8GiB", Units::bytes);
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    @Override
    public List<String> strings(String key) {
        Node node = find(key).orElse(null);
        return switch (node) {
            case null -> List.of();
            case Node.Sequence list -> items(key, list);
            case Node.Scalar scalar
            when !(scalar.origin() instanceof Origin.File) ->
                Stream.of(scalar.text().split(",", -1))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
            default -> {
                wrong(key, node, "expected a list such as [one, two]");
                yield List.of();
            }
        };
    }

    @Override
    public ConfigView section(String key) {
        String below = Paths.join(path, key);
        source.ledger().asked(path, key);
        Node.Field field = section.fields().get(key);
        if (field == null || Layers.isNothing(field.value())) {
            return new SectionView(source, below, Node.Mapping.empty(section.origin()));
        }
        if (field.value() instanceof Node.Mapping mapping) {
            return new SectionView(source, below, mapping);
        }
        wrong(key, field.value(), "expected a section (key: value)");
        return new SectionView(source, below, Node.Mapping.empty(field.key()));
    }

    @Override
    public List<ConfigView> sections(String key) {
        source.ledger().asked(path, key);
        Node.Field field = section.fields().get(key);
        if (field == null || Layers.isNothing(field.value())) {
            return List.of();
        }
        if (!(field.value() instanceof Node.Sequence list)) {
            wrong(key, field.value(), "expected a list of sections");
            return List.of();
        }
        List<ConfigView> views = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            String name = key + "[" + i + "]";
            if (list.items().get(i) instanceof Node.Mapping mapping) {
                views.add(new SectionView(source, Paths.join(path, name), mapping));
            } else {
                wrong(name, list.items().get(i), "expected a section (key: value)");
            }
        }
        return List.copyOf(views);
    }

    @Override
    public Json json(String key) {
        return find(key).map(node -> value(key, node)).orElseGet(Json::nothing);
    }

    /** JSON has no dates and no bare words: what is neither number nor truth is a string. */
    private Json value(String key, Node node) {
        return switch (node) {
            case Node.Scalar scalar when scalar.nothing() -> Json.nothing();
            case Node.Scalar scalar ->
                resolved(key, scalar)
                        .map(text -> scalar.quoted() ? Json.of(text) : plain(text))
                        .orElseGet(Json::nothing);
            case Node.Sequence list -> {
                List<Json> items = new ArrayList<>();
                for (int i = 0; i < list.items().size(); i++) {
                    items.add(value(key + "[" + i + "]", list.items().get(i)));
                }
                yield Json.array(items);
            }
            case Node.Mapping mapping -> {
                Map<String, Json> members = new LinkedHashMap<>();
                mapping.fields()
                        .forEach((name, field) -> members.put(name, value(Paths.join(key, name), field.value())));
                yield new Json.Obj(members);
            }
        };
    }

    private static Json plain(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Json.of(text.equals("true"));
        }
        return NUMBER.matcher(text).matches() ? Json.parse(text.getBytes(StandardCharsets.UTF_8)) : Json.of(text);
    }

    @Override
    public List<String> keys() {
        Set<String> keys = new LinkedHashSet<>(section.fields().keySet());
        keys.addAll(source.layers().keysBelow(path));
        return List.copyOf(keys);
    }

    @Override
    public void reject(String key, String why) {
        Origin origin = source.layers()
                .find(Paths.join(path, key), written(key))
                .map(Node::origin)
                .orElse(section.origin());
        source.ledger().problem(new ConfigProblem(origin, Paths.join(path, key), why));
    }

    /** {@return the path alone, so that a log line about a section holds no value} */
    @Override
    public String toString() {
        return "section '" + path + "'";
    }

    private Optional<Node> find(String key) {
        source.ledger().asked(path, key);
        return source.layers().find(Paths.join(path, key), written(key));
    }

    private @Nullable Node written(String key) {
        Node.Field field = section.fields().get(key);
        return field == null ? null : field.value();
    }

    private <T> Optional<T> scalar(String key, String expected, Function<String, T> parse) {
        Node node = find(key).orElse(null);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof Node.Scalar scalar) {
            return resolved(key, scalar).flatMap(text -> parsed(key, scalar, text, parse));
        }
        wrong(key, node, "expected " + expected);
        return Optional.empty();
    }

    private <T> Optional<T> parsed(String key, Node.Scalar scalar, String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            wrong(key, scalar, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private List<String> items(String key, Node.Sequence list) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            String name = key + "[" + i + "]";
            if (list.items().get(i) instanceof Node.Scalar scalar && !scalar.nothing()) {
                resolved(name, scalar).ifPresent(texts::add);
            } else {
                wrong(name, list.items().get(i), "expected a single value");
            }
        }
        return List.copyOf(texts);
    }

    private Optional<String> resolved(String key, Node.Scalar scalar) {
        try {
            return Optional.of(source.placeholders().replace(scalar.text()));
        } catch (IllegalArgumentException e) {
            source.ledger()
                    .problem(new ConfigProblem(scalar.origin(), Paths.join(path, key), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private void wrong(String key, Node node, String expectation) {
        String was = node instanceof Node.Scalar scalar ? "'" + shown(key, scalar.text()) + "'" : node.kind();
        source.ledger().problem(new ConfigProblem(node.origin(), Paths.join(path, key), expectation + ", was " + was));
    }

    private static String shown(String key, String text) {
        String masked = Masking.shown(key, text);
        return masked.length() <= MAX_SHOWN ? masked : masked.substring(0, MAX_SHOWN) + "…";
    }

    private static int whole(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("expected a whole number");
        }
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }
}
