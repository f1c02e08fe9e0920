package dev.geniehive.kernel.link;

import java.io.IOException;

/** The other side does not keep to the protocol. The message says how. */
final class MalformedFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
