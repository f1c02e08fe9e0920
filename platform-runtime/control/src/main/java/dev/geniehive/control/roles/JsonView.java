package dev.geniehive.control.roles;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.Json;
import dev.geniehive.kernel.config.DidYouMean;
import dev.geniehive.kernel.config.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A JSON object, read as a section of the configuration is: what holds for the file holds for the API, too. The key
 * {@code min-context} is the member {@code min_context}. Used by one thread.
 */
final class JsonView implements ConfigView {
    private final Json.Obj object;
    private final String path;
    private final Set<String> known;
    private final List<JsonView> below = new ArrayList<>();
    private final List<Fault> rejected = new ArrayList<>();

    /** Something that is not acceptable. */
    record Fault(String path, String why) {
        @Override
        public String toString() {
            return path + ": " + why;
        }
    }

    private JsonView(Json.Obj object, String path, Set<String> passedOver) {
        this.object = object;
        this.path = path;
        this.known = new TreeSet<>(passedOver);
    }

    /** @param passedOver members that nobody reads and that may be there */
    static JsonView of(Json.Obj object, Set<String> passedOver) {
        return new JsonView(object, "", passedOver);
    }

    /** {@return what was rejected and what nobody knows, after everything was read} */
    List<Fault> faults() {
        List<Fault> all = new ArrayList<>(rejected);
        for (String name : object.members().keySet()) {
            if (!known.contains(name)) {
                all.add(new Fault(
                        path + name,
                        "nobody knows it"
                                + DidYouMean.among(known, name)
                                        .map(near -> "; did you mean '%s'?".formatted(near))
                                        .orElse("")));
            }
        }
        below.forEach(view -> all.addAll(view.faults()));
        return all;
    }

    @Override
    public Optional<String> string(String key) {
        return read(key, "a string", Json::asString);
    }

    @Override
    public OptionalInt integer(String key) {
        Optional<Integer> number = read(key, "a whole number", JsonView::whole);
        return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
    }

    private static Optional<Integer> whole(Json value) {
        return value instanceof Json.Num number && number.text().matches("-?[0-9]{1,9}")
                ? Optional.of(Integer.parseInt(number.text()))
                : Optional.empty();
    }

    @Override
    public Optional<Boolean> bool(String key) {
        return read(key, "true or false", Json::asBoolean);
    }

    @Override
    public Optional<Duration> duration(String key) {
        return quantity(key, "a time such as \"250ms\", \"30s\" or \"5m\"", Units::duration);
    }

    @Override
    public OptionalLong bytes(String key) {
        Optional<Long> bytes = quantity(key, "a size such as \"64KiB\" or \"8GiB\"", Units::bytes);
        return bytes.isPresent() ? OptionalLong.of(bytes.get()) : OptionalLong.empty();
    }

    private <T> Optional<T> quantity(String key, String expected, Function<String, T> parse) {
        return read(key, expected, value -> {
            try {
                return value.asString().map(parse);
            } catch (IllegalArgumentException none) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Json json(String key) {
        known.add(member(key));
        return object.get(member(key));
    }

    @Override
    public List<String> strings(String key) {
        return read(key, "a list of strings", JsonView::texts).orElse(List.of());
    }

    private static Optional<List<String>> texts(Json value) {
        List<String> texts =
                value.items().stream().flatMap(item -> item.asString().stream()).toList();
        return value instanceof Json.Arr array && array.values().size() == texts.size()
                ? Optional.of(texts)
                : Optional.empty();
    }

    @Override
    public ConfigView section(String key) {
        Json.Obj section = read(
                        key,
                        "an object",
                        value -> value instanceof Json.Obj found ? Optional.of(found) : Optional.empty())
                .orElseGet(Json::object);
        JsonView view = new JsonView(section, path + member(key) + ".", Set.of());
        below.add(view);
        return view;
    }

    @Override
    public List<ConfigView> sections(String key) {
        throw new UnsupportedOperationException("a role has no lists of sections");
    }

    @Override
    public List<String> keys() {
        return object.members().keySet().stream()
                .map(name -> name.replace('_', '-'))
                .toList();
    }

    @Override
    public void reject(String key, String why) {
        rejected.add(new Fault(path + member(key), why));
    }

    private <T> Optional<T> read(String key, String expected, Function<Json, Optional<T>> as) {
        Json value = json(key);
        if (value.equals(Json.nothing())) {
            return Optional.empty();
        }
        Optional<T> found = as.apply(value);
        if (found.isEmpty()) {
            reject(key, "expected " + expected);
        }
        return found;
    }

    private static String member(String key) {
        return key.replace('-', '_');
    }
}
