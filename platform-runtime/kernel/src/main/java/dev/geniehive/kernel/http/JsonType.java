package dev.geniehive.kernel.http;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import java.util.Locale;

/** The one media type that request bodies may have. */
final class JsonType {
    static final String JSON = "application/json";

    private JsonType() {}

    /** {@return the type itself; {@code application/json} where a client said nothing} */
    static String checked(String contentType) {
        if (contentType.isBlank() || contentType.equals(JSON)) {
            return JSON;
        }
        String[] pieces = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = pieces[0].strip().equals(JSON);
        for (int i = 1; i < pieces.length && json; i++) {
            String parameter = pieces[i].strip().replace("\"", "");
            json = parameter.isEmpty() || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw new GenieException(
                    ErrorKind.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be '%s' in UTF-8, was '%s'.".formatted(JSON, contentType));
        }
        return contentType;
    }
}
