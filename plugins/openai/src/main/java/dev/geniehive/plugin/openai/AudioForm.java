package dev.geniehive.plugin.openai;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.FormPart;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import java.util.List;
import java.util.Set;

/** Judges a form that asks for what is said in a recording. */
final class AudioForm {
    private static final String FILE = "file";
    private static final String FORMAT = "response_format";
    private static final Set<String> FORMATS = Set.of("json", "text", "srt", "verbose_json", "vtt", "diarized_json");

    /** What may stand there once: whoever sends it twice would be heard differently by different engines. */
    private static final List<String> SINGLE = List.of(FILE, "language", "prompt", FORMAT, "temperature");

    private AudioForm() {}

    /** {@return the form, once it is certain that it has all that is needed, and each of it once} */
    static Body checked(Body form) {
        for (String name : SINGLE) {
            if (parts(form, name).size() > 1) {
                throw refused("duplicate_field", name, "The field '%s' stands in the form twice.".formatted(name));
            }
            if (!name.equals(FILE)
                    && parts(form, name).stream()
                            .anyMatch(part -> part.fileName().isPresent())) {
                throw refused(
                        "invalid_request", name, "The field '%s' must be a plain value and no file.".formatted(name));
            }
        }
        if (parts(form, FILE).isEmpty()) {
            throw refused("missing_file", FILE, "The form has no part 'file' with the recording.");
        }
        FormPart file = parts(form, FILE).getFirst();
        if (file.fileName().isEmpty()) {
            throw refused("missing_file", FILE, "The part 'file' has no file name, so it is none.");
        }
        if (file.length() == 0) {
            throw refused("empty_file", FILE, "The part 'file' is empty.");
        }
        parts(form, FORMAT).stream()
                .filter(format -> !FORMATS.contains(format.text()))
                .forEach(format -> {
                    throw refused(
                            "invalid_request",
                            FORMAT,
                            "'%s' must be one of %s."
                                    .formatted(FORMAT, FORMATS.stream().sorted().toList()));
                });
        return form;
    }

    private static List<FormPart> parts(Body form, String name) {
        return form.parts().stream().filter(part -> part.name().equals(name)).toList();
    }

    private static GenieException refused(String code, String field, String message) {
        return new GenieException(new Problem(ErrorKind.INVALID_REQUEST, code, message).about(field));
    }
}
