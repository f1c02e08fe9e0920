package dev.geniehive.kernel.body;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the head of a part. Nothing that two readers could understand in two ways gets through. */
final class FormHead {
    private static final String DISPOSITION = "content-disposition";
    private static final String TYPE = "content-type";
    private static final String ENCODING = "content-transfer-encoding";
    private static final Set<String> AS_IT_IS = Set.of("binary", "8bit", "7bit");

    private FormHead() {}

    /** {@return what the header lines of a part say} */
    static FormPiece.Head of(List<String> lines) {
        Map<String, String> headers = headers(lines);
        String encoding = headers.getOrDefault(ENCODING, "binary").toLowerCase(Locale.ROOT);
        if (!AS_IT_IS.contains(encoding)) {
            throw malformed("A part is encoded for mail (content-transfer-encoding). Send it as it is.");
        }
        String disposition = headers.get(DISPOSITION);
        if (disposition == null) {
            throw malformed("A part has no content-disposition.");
        }
        HeaderParameters parameters = parsed(disposition);
        String name = parameters.named().getOrDefault("name", "");
        if (!parameters.value().equals("form-data") || name.isEmpty() || !isPlain(name)) {
            throw malformed("The content-disposition of a part must be form-data with a name.");
        }
        String type = headers.getOrDefault(TYPE, "text/plain");
        return new FormPiece.Head(name, fileName(name, parameters.named()), type);
    }

    private static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            if (!HeaderParameters.isToken(name)) {
                throw malformed("A part has a header line without a name.");
            }
            String value = line.substring(colon + 1).strip();
            if (headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value) != null) {
                throw malformed("A part has a header twice.");
            }
        }
        return headers;
    }

    private static HeaderParameters parsed(String disposition) {
        try {
            return HeaderParameters.of(disposition);
        } catch (IllegalArgumentException unreadable) {
            throw malformed("The content-disposition of a part cannot be read: %s.".formatted(unreadable.getMessage()));
        }
    }

    /** Some libraries send both spellings, and then the engine chooses one: both have to be harmless. */
    private static Optional<String> fileName(String field, Map<String, String> parameters) {
        Optional<String> plain = Optional.ofNullable(parameters.get("filename"));
        Optional<String> extended = Optional.ofNullable(parameters.get("filename*"));
        plain.ifPresent(name -> FileNames.check(field, name));
        extended.ifPresent(name -> FileNames.check(field, FileNames.decoded(field, name)));
        return plain.or(() -> extended.map(name -> FileNames.decoded(field, name)));
    }

    static boolean isPlain(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\' || c == '"');
    }

    private static GenieException malformed(String what) {
        return new GenieException(ErrorKind.INVALID_REQUEST, "malformed_form", what);
    }
}
