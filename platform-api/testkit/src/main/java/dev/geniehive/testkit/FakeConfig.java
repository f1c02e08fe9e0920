package dev.geniehive.testkit;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A section of a configuration made of Java values: strings, integers, longs for sizes, booleans, durations, lists of
 * strings, maps for sections. Remembers what was rejected.
 */
public final class FakeConfig implements ConfigView {
    private final Map<String, ?> values;
    private final List<String> rejected = new ArrayList<>();

    private FakeConfig(Map<String, ?> values) {
        this.values = values;
    }

    /** {@return a section with nothing in it} */
    public static FakeConfig empty() {
        return new FakeConfig(Map.of());
    }

    /** {@return a section with these values} */
    public static FakeConfig of(Map<String, ?> values) {
        return new FakeConfig(values);
    }

    /** {@return the keys that were rejected, in order} */
    public List<String> rejected() {
        return List.copyOf(rejected);
    }

    @Override
    public Optional<String> string(String key) {
        return value(key, String.class);
    }

    @Override
    public OptionalInt integer(String key) {
        return value(key, Integer.class).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    @Override
    public Optional<Boolean> bool(String key) {
        return value(key, Boolean.class);
    }

    @Override
    public Optional<Duration> duration(String key) {
        return value(key, Duration.class);
    }

    @Override
    public OptionalLong bytes(String key) {
        return value(key, Long.class).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    @Override
    public List<String> strings(String key) {
        return value(key, List.class).stream()
                .flatMap(list -> ((List<?>) list).stream())
                .map(String.class::cast)
                .toList();
    }

    @Override
    public ConfigView section(String key) {
        return value(key, Map.class).map(FakeConfig::nested).orElseGet(FakeConfig::empty);
    }

    @Override
    public List<ConfigView> sections(String key) {
        return value(key, List.class).stream()
                .flatMap(list -> ((List<?>) list).stream())
                .<ConfigView>map(section -> nested((Map<?, ?>) section))
                .toList();
    }

    @Override
    public Json json(String key) {
        return asJson(values.get(key));
    }

    private static Json asJson(@Nullable Object value) {
        return switch (value) {
            case null -> Json.nothing();
            case Boolean truth -> Json.of(truth);
            case Integer number -> Json.of(number);
            case Long number -> Json.of(number);
            case Double number -> Json.of(number);
            case List<?> list ->
                Json.array(list.stream().map(FakeConfig::asJson).toList());
            case Map<?, ?> section -> {
                Json.Obj object = Json.object();
                for (Map.Entry<?, ?> entry : section.entrySet()) {
                    object = object.put(String.valueOf(entry.getKey()), asJson(entry.getValue()));
                }
                yield object;
            }
            default -> Json.of(value.toString());
        };
    }

    @Override
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    @Override
    public void reject(String key, String why) {
        rejected.add(key);
    }

    private <T> Optional<T> value(String key, Class<T> type) {
        return Optional.<Object>ofNullable(values.get(key))
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static FakeConfig nested(Map<?, ?> section) {
        LinkedHashMap<String, Object> values = new LinkedHashMap<>();
        section.forEach((key, value) -> values.put((String) key, value));
        return new FakeConfig(values);
    }
}
