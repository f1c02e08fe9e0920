package dev.geniehive.kernel.link;

import java.io.IOException;

/** The connection died before the node can have seen the whole of a request; so its engine has seen nothing. */
final class UnseenException extends IOException {
    private static final long serialVersionUID = 1L;

    UnseenException(String why) {
        super(why);
    }
}
