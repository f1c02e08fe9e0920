package dev.geniehive.kernel.body;

import static java.util.stream.Collectors.joining;

import dev.geniehive.api.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Makes random documents, and spells them in random ways. */
final class Documents {
    private static final List<String> NUMBERS = List.of("0", "-0", "12.50", "1E+9", "-3e-7", "12345678901234567890");
    private static final List<String> WORDS = List.of(
            "",
            "model",
            "type",
            "a\"b\\c/",
            "tab\t\n\r\b\f",
            "ä ß",
            "漢字かな",
            "🐝🧞",
            "\u0000\u001f\u007f",
            "\ud83d half");

    private final RandomGenerator random;

    Documents(RandomGenerator random) {
        this.random = random;
    }

    Json.Obj object(int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            members.put(words() + random.nextInt(20), value(depth - 1));
        }
        if (random.nextBoolean()) {
            members.put("model", Json.of(words()));
        }
        return new Json.Obj(members);
    }

    private Json value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Json.nothing();
            case 1 -> Json.of(random.nextBoolean());
            case 2 -> new Json.Num(NUMBERS.get(random.nextInt(NUMBERS.size())));
            case 3, 4 -> Json.of(words());
            case 5 ->
                Json.array(IntStream.range(0, random.nextInt(5))
                        .mapToObj(i -> value(depth - 1))
                        .toList());
            default -> inner(depth);
        };
    }

    private Json inner(int depth) {
        Json.Obj object = object(depth);
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.computeIfPresent("model", (key, value) -> value(depth - 1));
        return new Json.Obj(members);
    }

    private String words() {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            out.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return out.toString();
    }

    /** {@return a text that means the value, with space and escapes wherever they may be} */
    String spell(Json value) {
        return switch (value) {
            case Json.Obj object ->
                object.members().entrySet().stream()
                        .map(e -> space() + spell(Json.of(e.getKey())) + space() + ":" + spell(e.getValue()))
                        .collect(joining(",", space() + "{", space() + "}" + space()));
            case Json.Arr array ->
                array.values().stream().map(this::spell).collect(joining(",", space() + "[", space() + "]" + space()));
            case Json.Str string -> space() + escaped(string.value()) + space();
            default -> space() + value + space();
        };
    }

    private String escaped(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
            if (pair && random.nextBoolean()) {
                out.append(c).append(text.charAt(++i));
            } else if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) || random.nextInt(5) == 0) {
                out.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private String space() {
        return random.nextInt(4) > 0 ? "" : List.of(" ", "\n", "\r\n\t", "  ").get(random.nextInt(4));
    }
}
