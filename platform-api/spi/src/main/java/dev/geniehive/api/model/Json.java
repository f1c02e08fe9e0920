package dev.geniehive.api.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A JSON value: small, strict, and for small documents. Numbers keep their spelling, objects keep their order.
 *
 * <p>Reading is forgiving where a document may be of any shape: {@link #get} of a missing member, or of something that
 * is no object, is {@link #nothing}, and the {@code as…} methods are empty when the value is of another type.
 *
 * <p>{@code toString()} of a value is its compact JSON text.
 */
public sealed interface Json {
    /** How deep a parsed document may nest. */
    int MAX_DEPTH = 200;

    /** {@code null}. */
    record Null() implements Json {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A number as it was spelled. */
    record Num(String text) implements Json {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A string, unescaped. */
    record Str(String value) implements Json {
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder(value.length() + 2);
            JsonText.quote(value, out);
            return out.toString();
        }
    }

    /** An array. */
    record Arr(List<Json> values) implements Json {
        public Arr {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /** An object. {@code put} and {@code putAll} return a new one. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public Obj put(String name, Json value) {
            Map<String, Json> more = new LinkedHashMap<>(members);
            more.put(name, value);
            return new Obj(more);
        }

        public Obj put(String name, String value) {
            return put(name, of(value));
        }

        public Obj put(String name, long value) {
            return put(name, of(value));
        }

        public Obj put(String name, double value) {
            return put(name, of(value));
        }

        public Obj put(String name, boolean value) {
            return put(name, of(value));
        }

        /** {@return the same object with a member more, if there is a value} */
        public Obj putIfPresent(String name, Optional<String> value) {
            return value.map(text -> put(name, text)).orElse(this);
        }

        /** {@return the same object with a member more, if there is a value} */
        public Obj putIfPresent(String name, OptionalLong value) {
            return value.isPresent() ? put(name, value.getAsLong()) : this;
        }

        @Override
        public String toString() {
            return JsonText.write(this);
        }
    }

    /** {@return JSON's {@code null}, also what a missing member reads as} */
    static Json nothing() {
        return new Null();
    }

    /** {@return an empty object} */
    static Obj object() {
        return new Obj(Map.of());
    }

    /** {@return an array of values} */
    static Arr array(List<? extends Json> values) {
        return new Arr(new ArrayList<>(values));
    }

    /** {@return an array of strings} */
    static Arr strings(Iterable<String> values) {
        List<Json> items = new ArrayList<>();
        values.forEach(value -> items.add(of(value)));
        return new Arr(items);
    }

    static Json of(String value) {
        return new Str(value);
    }

    static Json of(long value) {
        return new Num(Long.toString(value));
    }

    /** {@return a number; infinities and NaN, which JSON has no spelling for, become {@link #nothing}} */
    static Json of(double value) {
        if (!Double.isFinite(value)) {
            return nothing();
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? of((long) value) : new Num(Double.toString(value));
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    /**
     * Reads one document.
     *
     * @throws JsonException if it is not exactly one JSON document, or nests deeper than {@link #MAX_DEPTH}
     */
    static Json parse(String text) {
        return new JsonText(text).document();
    }

    /** Reads one document in UTF-8; see {@link #parse(String)}. */
    static Json parse(byte[] utf8) {
        return parse(new String(utf8, StandardCharsets.UTF_8));
    }

    /** {@return the member of that name, {@link #nothing} if there is none or this is no object} */
    default Json get(String name) {
        return this instanceof Obj object ? object.members().getOrDefault(name, nothing()) : nothing();
    }

    /** {@return the elements, empty if this is no array} */
    default List<Json> items() {
        return this instanceof Arr array ? array.values() : List.of();
    }

    default Optional<String> asString() {
        return this instanceof Str string ? Optional.of(string.value()) : Optional.empty();
    }

    /** {@return a whole number; numbers with a fraction are rounded down} */
    default OptionalLong asLong() {
        OptionalDouble number = asDouble();
        if (number.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(((Num) this).text()));
        } catch (NumberFormatException spelledWithFractionOrExponent) {
            return OptionalLong.of((long) Math.floor(number.getAsDouble()));
        }
    }

    default OptionalDouble asDouble() {
        return this instanceof Num number
                ? OptionalDouble.of(Double.parseDouble(number.text()))
                : OptionalDouble.empty();
    }

    default Optional<Boolean> asBoolean() {
        return this instanceof Bool bool ? Optional.of(bool.value()) : Optional.empty();
    }

    /** {@return the UTF-8 bytes of the compact text} */
    default byte[] utf8() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }
}
