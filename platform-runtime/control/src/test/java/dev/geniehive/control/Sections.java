package dev.geniehive.control;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.model.Json;
import dev.geniehive.kernel.config.Units;
import dev.geniehive.testkit.FakeConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON of a corpus as sections of the configuration. */
public final class Sections {
    private static final String TIME = "[0-9]+(ms|s|m|h|d)";

    private Sections() {}

    /** {@return a section; an empty one if it is absent} */
    public static ConfigView of(Json section) {
        return FakeConfig.of(values(section));
    }

    private static Map<String, Object> values(Json section) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (section instanceof Json.Obj object) {
            object.members().forEach((key, value) -> values.put(key, value(value)));
        }
        return values;
    }

    private static Object text(String text) {
        return text.matches(TIME) ? Units.duration(text) : text;
    }

    private static Object value(Json value) {
        return switch (value) {
            case Json.Obj section -> values(section);
            case Json.Arr list -> list.values().stream().map(Sections::value).toList();
            case Json.Bool truth -> truth.value();
            case Json.Num number -> (int) number.asLong().orElseThrow();
            default -> text(value.asString().orElse(""));
        };
    }
}
