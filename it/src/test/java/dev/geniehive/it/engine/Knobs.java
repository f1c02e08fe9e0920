package dev.geniehive.it.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a fake engine behaves. Never changes; {@link #with} makes another one. Misbehaviour concerns inference only,
 * unless {@code everywhere} is on.
 *
 * <ul>
 *   <li>{@code tokens} of an answer; {@code first-ms} until the first, {@code token-ms} between two
 *   <li>{@code early-head}: the head goes out before the wait for the first token
 *   <li>{@code piece-bytes}: at most so many bytes a TCP write (0: an event at once), {@code piece-ms} between two
 *   <li>{@code die-after} so many tokens (0: before any byte), by {@code death}: {@code rst} or {@code fin}
 *   <li>{@code silent-after} so many tokens for ever; {@code error-after} so many tokens an error event, then the end
 *   <li>{@code hang}: takes the request and never answers
 *   <li>{@code status} (0: none), {@code body}, {@code content-type}, {@code retry-after}: answers that instead
 *   <li>{@code mode}: {@code normal}, {@code html}, {@code empty}, {@code done-only}, {@code error-first},
 *       {@code no-done}, {@code head-only} (then it dies, after {@code first-ms}), {@code half-event} (the same, in the
 *       middle of the first event or of the body)
 *   <li>{@code loading}: 503 everywhere, as llama.cpp does; {@code key}: asks for it, 401 otherwise
 *   <li>{@code models}, {@code loaded}: names with commas between; {@code slots}, {@code context}, {@code ftype} (of
 *       llama.cpp only): what it says of itself
 *   <li>{@code cloud}: names that it lists beside its own, and would have somebody else's machines answer to
 *   <li>{@code keep-alive} off: closes after each reply; {@code die-on-reuse}: resets at a connection's second request
 *   <li>{@code dimensions} of a vector; {@code elastic}: makes vectors of as many as it is asked for; {@code base64}:
 *       sends them so where it is asked to
 *   <li>{@code keep-bytes}: of a body larger than twice this, so many at its start and its end are kept, and its digest
 *       (-1: all of it)
 *   <li>{@code read-ms}: waits so long before each read of at most 1 KiB
 *   <li>{@code refuse-ms}: takes no connections for so long (-1: until it is set again, from inside the process)
 * </ul>
 */
public record Knobs(Map<String, String> values) {
    private static final List<String> DEFAULTS = List.of(
            "tokens=5",
            "first-ms=0",
            "token-ms=0",
            "early-head=false",
            "piece-bytes=0",
            "piece-ms=0",
            "die-after=-1",
            "death=rst",
            "silent-after=-1",
            "error-after=-1",
            "hang=false",
            "status=0",
            "body=",
            "content-type=application/json",
            "retry-after=",
            "mode=normal",
            "loading=false",
            "key=",
            "models=fake-model",
            "loaded=fake-model",
            "cloud=",
            "slots=4",
            "context=8192",
            "ftype=Q4_K - Medium",
            "keep-alive=true",
            "die-on-reuse=false",
            "dimensions=3",
            "elastic=false",
            "base64=false",
            "keep-bytes=-1",
            "read-ms=0",
            "refuse-ms=0",
            "everywhere=false");

    public Knobs {
        values = Map.copyOf(values);
    }

    /** {@return an engine that behaves} */
    public static Knobs defaults() {
        Map<String, String> values = new LinkedHashMap<>();
        DEFAULTS.forEach(
                knob -> values.put(knob.substring(0, knob.indexOf('=')), knob.substring(knob.indexOf('=') + 1)));
        return new Knobs(values);
    }

    /** {@return the same with one knob turned} Underscores in the name count as dashes. */
    public Knobs with(String name, Object value) {
        String knob = name.replace('_', '-');
        if (!values.containsKey(knob)) {
            throw new IllegalArgumentException("no knob is called '%s'; there are %s".formatted(name, values.keySet()));
        }
        Map<String, String> turned = new LinkedHashMap<>(values);
        turned.put(knob, value.toString());
        return new Knobs(turned);
    }

    Knobs withAll(Map<String, String> others) {
        Knobs knobs = Boolean.parseBoolean(others.get("reset")) ? defaults() : this;
        for (Map.Entry<String, String> other : others.entrySet()) {
            knobs = other.getKey().equals("reset") ? knobs : knobs.with(other.getKey(), other.getValue());
        }
        return knobs;
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no knob is called " + name);
        }
        return value;
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    boolean on(String name) {
        return Boolean.parseBoolean(text(name));
    }

    List<String> names(String name) {
        return text(name).isEmpty() ? List.of() : List.of(text(name).split(","));
    }

    String json() {
        StringBuilder out = new StringBuilder("{");
        new TreeMap<>(values)
                .forEach((name, value) -> out.append(out.length() > 1 ? "," : "")
                        .append(FlatJson.quote(name))
                        .append(':')
                        .append(FlatJson.quote(value)));
        return out.append('}').toString();
    }
}
