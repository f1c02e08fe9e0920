package dev.geniehive.it.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads as much of a form as a fake needs; of one that was not kept whole, what is left at its start and its end. */
final class Form {
    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;\\s*boundary=\"?([^\";]+)\"?");
    private static final Pattern FIELD =
            Pattern.compile("form-data; name=\"?([^\";\r]+)\"?(; filename=[^\r]+)?\r\n(?:[^\r]+\r\n)*\r\n");

    private Form() {}

    /** {@return the fields and their values; of files, their names. Empty if it is no form} */
    static Map<String, String> of(HttpRequest request) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher type = BOUNDARY.matcher(request.header("content-type").orElse(""));
        if (!type.find()) {
            return fields;
        }
        for (String part : new String(request.body(), ISO_8859_1).split(Pattern.quote("--" + type.group(1)), -1)) {
            Matcher head = FIELD.matcher(part);
            if (head.find()) {
                String content = part.substring(head.end());
                fields.putIfAbsent(
                        head.group(1),
                        head.group(2) == null ? content.substring(0, content.length() - 2) : head.group(2));
            }
        }
        return fields;
    }
}
