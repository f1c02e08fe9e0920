package dev.geniehive.control.operator;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the small documents that operators send. */
final class Documents {
    private static final int MAX_BYTES = 256 * 1024;

    private Documents() {}

    /** @param what begins the sentence that refuses a longer one */
    static Json read(Body body, String what) {
        if (body.length() > MAX_BYTES) {
            throw new GenieException(ErrorKind.TOO_LARGE, what + " is at most 256 KiB.");
        }
        try (InputStream in = body.open()) {
            return Json.parse(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
