package dev.geniehive.bench.wire;

import java.io.IOException;

/** Not HTTP/1.1 as it has to be. */
public final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
        super(message);
    }
}
