package dev.geniehive.cli;

import dev.geniehive.api.model.Json;
import java.util.stream.Collectors;

/** JSON values as cells of a table. */
final class Words {
    private Words() {}

    /** {@return the value as text; a dash for what is absent} */
    static String of(Json value) {
        return value.equals(Json.nothing()) ? "-" : value.asString().orElse(value.toString());
    }

    /** {@return the values, or a word for "no limit"} */
    static String allOr(Json values) {
        return values.items().isEmpty() ? "all" : list(values);
    }

    static String list(Json values) {
        return values.items().stream().map(Words::of).collect(Collectors.joining(", "));
    }
}
