package dev.geniehive.kernel.body;

import dev.geniehive.api.model.BodyFacts;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What routing needs of a form: the fields {@code model} and {@code stream}. Used by one thread. */
final class FormFacts {
    /** So many bytes one of them may have. */
    static final int LONGEST = 1024;

    private static final String MODEL = "model";
    private static final String STREAM = "stream";

    private @Nullable FormPiece modelPiece;
    private String model = "";
    private @Nullable Boolean stream;

    boolean wants(FormPiece.Head head) {
        return head.name().equals(MODEL) || head.name().equals(STREAM);
    }

    void take(FormPiece piece, String value) {
        String name = piece.head().name();
        if (piece.head().fileName().isPresent()) {
            throw refused("invalid_request", "The field '%s' must be a plain value and no file.".formatted(name), name);
        }
        boolean again = name.equals(MODEL) ? modelPiece != null : stream != null;
        if (again) {
            throw refused("duplicate_field", "The field '%s' stands in the form twice.".formatted(name), name);
        }
        if (name.equals(MODEL)) {
            modelPiece = piece;
            model = value;
        } else {
            stream = flag(value);
        }
    }

    private static boolean flag(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw refused("invalid_request", "The field 'stream' must be true or false.", STREAM);
        };
    }

    /** {@return where the model is named, null if it is not} */
    @Nullable
    FormPiece modelPiece() {
        return modelPiece;
    }

    BodyFacts facts() {
        return BodyFacts.of(model, Boolean.TRUE.equals(stream));
    }

    private static GenieException refused(String code, String message, String field) {
        return new GenieException(new Problem(ErrorKind.INVALID_REQUEST, code, message).about(field));
    }
}
