package dev.geniehive.control.node;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the documents that requests bring. */
final class Bodies {
    private Bodies() {}

    static Json json(ApiRequest request) {
        try (InputStream in = request.json().open()) {
            return Json.parse(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@return the document, or nothing if there is none} */
    static Json jsonIfAny(ApiRequest request) {
        boolean sized = request.headers()
                .first("content-length")
                .filter(length -> !length.strip().equals("0"))
                .isPresent();
        boolean any = sized || request.headers().first("transfer-encoding").isPresent();
        return any ? json(request) : Json.nothing();
    }
}
