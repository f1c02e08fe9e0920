package dev.geniehive.it.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much JSON as a fake needs: the simple members of an object, wherever they stand, the first of a name. */
final class FlatJson {
    private static final Pattern MEMBER =
            Pattern.compile("\"([\\w.-]+)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(-?[\\d.eE+-]+|true|false|null))");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

    private FlatJson() {}

    static Map<String, String> members(String json) {
        Map<String, String> members = new LinkedHashMap<>();
        Matcher matcher = MEMBER.matcher(json);
        while (matcher.find()) {
            String text = matcher.group(2);
            members.putIfAbsent(matcher.group(1), text == null ? matcher.group(3) : unescape(text));
        }
        return members;
    }

    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> {
            String what = escape.group(1);
            String meant = switch (what.charAt(0)) {
                case 'u' -> Character.toString((char) Integer.parseInt(what, 1, 5, 16));
                case 'n' -> "\n";
                case 'r' -> "\r";
                case 't' -> "\t";
                case 'b' -> "\b";
                case 'f' -> "\f";
                default -> what;
            };
            return Matcher.quoteReplacement(meant);
        });
    }
}
