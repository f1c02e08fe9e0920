package dev.geniehive.kernel.link;

import java.io.IOException;

/** A control plane gives no link. */
final class RefusedLinkException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedLinkException(String message) {
        super(message);
    }
}
