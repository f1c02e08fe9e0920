package dev.geniehive.protocol;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The members of one object of a message. What is missing or of another type is refused by its name, for example
 * {@code services[2].inventory.health}; what nobody asks for is passed over: a newer peer may say more.
 *
 * @param at where the object stands in the message; empty for the message itself
 * @param object what holds the members
 */
record Members(String at, Json object) {
    /** The longest string that is taken. */
    static final int MAX_STRING = 4096;

    /** The longest name of a node or service: it stands in ids, headers and lines. */
    private static final int MAX_NAME = 128;

    static Members of(String at, Json json) {
        if (!(json instanceof Json.Obj)) {
            throw refused(at.isEmpty() ? "The message" : "'%s'".formatted(at), "an object", json, at);
        }
        return new Members(at, json);
    }

    boolean has(String name) {
        return !(object.get(name) instanceof Json.Null);
    }

    Members object(String name) {
        return of(path(name), object.get(name));
    }

    Optional<Members> optionalObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** {@return the elements of an array, none if it is missing} */
    <T> List<T> list(String name, int most, Function<Members, T> read) {
        List<Json> items = array(name, most);
        List<T> elements = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            elements.add(read.apply(of("%s[%d]".formatted(path(name), i), items.get(i))));
        }
        return elements;
    }

    /** {@return the strings of an array, none if it is missing} */
    List<String> strings(String name, int most) {
        List<Json> items = array(name, most);
        List<String> strings = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            strings.add(string("%s[%d]".formatted(path(name), i), items.get(i)));
        }
        return strings;
    }

    /** {@return the members of an object whose values are strings, none if it is missing} */
    Map<String, String> map(String name, int most) {
        Map<String, String> map = new LinkedHashMap<>();
        if (has(name) && object(name).object() instanceof Json.Obj found) {
            limit(name, found.members().size(), most);
            found.members()
                    .forEach((key, value) -> map.put(
                            string(path(name), Json.of(key)), string("%s.%s".formatted(path(name), key), value)));
        }
        return map;
    }

    String string(String name) {
        return string(path(name), object.get(name));
    }

    String string(String name, String otherwise) {
        return has(name) ? string(name) : otherwise;
    }

    Optional<String> optionalString(String name) {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    /** {@return a word that may stand in an id: something, without slashes and control characters} */
    String name(String name) {
        String text = string(name);
        if (text.isBlank() || text.length() > MAX_NAME || text.chars().anyMatch(c -> c == '/' || c < ' ' || c == 127)) {
            throw invalid(
                    "'%s' must be a name of 1 to %d characters without slashes, was %s."
                            .formatted(path(name), MAX_NAME, shown(Json.of(text))),
                    path(name));
        }
        return text;
    }

    boolean bool(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return object.get(name)
                .asBoolean()
                .orElseThrow(
                        () -> refused("'%s'".formatted(path(name)), "true or false", object.get(name), path(name)));
    }

    /** {@return a whole number in a range} */
    long number(String name, long least, long most) {
        Json value = object.get(name);
        OptionalLong number = whole(value);
        if (number.isEmpty() || number.getAsLong() < least || number.getAsLong() > most) {
            String range =
                    most == Long.MAX_VALUE ? "%d or more".formatted(least) : "from %d to %d".formatted(least, most);
            throw refused("'%s'".formatted(path(name)), "a whole number, " + range, value, path(name));
        }
        return number.getAsLong();
    }

    int integer(String name, int least) {
        return (int) number(name, least, Integer.MAX_VALUE);
    }

    OptionalInt optionalInteger(String name, int least) {
        return has(name) ? OptionalInt.of(integer(name, least)) : OptionalInt.empty();
    }

    OptionalLong optionalNumber(String name, long least) {
        return has(name) ? OptionalLong.of(number(name, least, Long.MAX_VALUE)) : OptionalLong.empty();
    }

    OptionalDouble optionalDecimal(String name) {
        if (!has(name)) {
            return OptionalDouble.empty();
        }
        OptionalDouble number = object.get(name).asDouble();
        if (number.isEmpty() || !Double.isFinite(number.getAsDouble())) {
            throw refused("'%s'".formatted(path(name)), "a number", object.get(name), path(name));
        }
        return number;
    }

    /** {@return what a word stands for} */
    <T> T word(String name, Function<String, Optional<T>> meaning, String choices) {
        return meaning.apply(string(name))
                .orElseThrow(
                        () -> refused("'%s'".formatted(path(name)), "one of " + choices, object.get(name), path(name)));
    }

    GenieException invalid(String message, String member) {
        return new GenieException(new Problem(ErrorKind.INVALID_REQUEST, message).about(member));
    }

    String path(String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private List<Json> array(String name, int most) {
        if (!has(name)) {
            return List.of();
        }
        if (!(object.get(name) instanceof Json.Arr array)) {
            throw refused("'%s'".formatted(path(name)), "an array", object.get(name), path(name));
        }
        limit(name, array.values().size(), most);
        return array.values();
    }

    private void limit(String name, int size, int most) {
        if (size > most) {
            throw invalid("'%s' has %d elements; at most %d are taken.".formatted(path(name), size, most), path(name));
        }
    }

    private static String string(String path, Json value) {
        String text = value.asString().orElseThrow(() -> refused("'%s'".formatted(path), "a string", value, path));
        if (text.length() > MAX_STRING) {
            throw new GenieException(new Problem(
                            ErrorKind.INVALID_REQUEST,
                            "'%s' has %d characters; at most %d are taken.".formatted(path, text.length(), MAX_STRING))
                    .about(path));
        }
        return text;
    }

    private static OptionalLong whole(Json value) {
        try {
            return value instanceof Json.Num number
                    ? OptionalLong.of(Long.parseLong(number.text()))
                    : OptionalLong.empty();
        } catch (NumberFormatException fraction) {
            return OptionalLong.empty();
        }
    }

    private static GenieException refused(String what, String wanted, Json value, String member) {
        String found = value instanceof Json.Null ? "missing" : shown(value);
        Problem problem =
                new Problem(ErrorKind.INVALID_REQUEST, "%s must be %s, was %s.".formatted(what, wanted, found));
        return new GenieException(member.isEmpty() ? problem : problem.about(member));
    }

    private static String shown(Json value) {
        return switch (value) {
            case Json.Obj object -> "an object";
            case Json.Arr array -> "an array";
            case Json.Str string
            when string.value().length() > 40 ->
                "a string of %d characters".formatted(string.value().length());
            default -> value.toString();
        };
    }
}
