package dev.geniehive.plugin.openai;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.api.model.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds {@code "usage":{…}} in a piece of a reply. The same words within a text of the model do not count: there the
 * quotes are escaped.
 */
final class UsageText {
    private static final String KEY = "\"usage\"";

    private UsageText() {}

    /** {@return the last complete usage in the first bytes of a piece} */
    static Optional<Usage> last(byte[] piece, int length) {
        String text = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
        for (int at = text.lastIndexOf(KEY); at >= 0; at = text.lastIndexOf(KEY, at - 1)) {
            Optional<Usage> usage = object(text, at + KEY.length()).flatMap(UsageText::usage);
            if (usage.isPresent()) {
                return usage;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> object(String text, int afterKey) {
        int start = text.indexOf('{', afterKey);
        if (start < 0 || !text.substring(afterKey, start).strip().equals(":")) {
            return Optional.empty();
        }
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return Optional.of(text.substring(start, i + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<Usage> usage(String object) {
        try {
            Json json = Json.parse(object);
            OptionalLong prompt = json.get("prompt_tokens").asLong();
            long completion = json.get("completion_tokens").asLong().orElse(0);
            return prompt.isPresent() && prompt.getAsLong() >= 0 && completion >= 0
                    ? Optional.of(new Usage(prompt.getAsLong(), completion, false))
                    : Optional.empty();
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }
}
