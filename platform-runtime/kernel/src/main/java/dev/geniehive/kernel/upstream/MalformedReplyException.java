package dev.geniehive.kernel.upstream;

import java.io.IOException;

/** What came back is not the HTTP that we accept; the message says what was found, without repeating it. */
final class MalformedReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedReplyException(String found) {
        super(found);
    }
}
