package dev.geniehive.it.engine;

import java.io.IOException;

/** The client is gone. */
final class HungUpException extends IOException {
    private static final long serialVersionUID = 1L;

    HungUpException() {
        super("the client hung up");
    }
}
