package dev.geniehive.kernel.body;

import java.util.Optional;

/**
 * A part of a form, and where its content lies.
 *
 * @param head what it says of itself
 * @param from where in the body its content begins
 * @param to where it ends
 */
record FormPiece(Head head, long from, long to) {
    /**
     * What a part says of itself.
     *
     * @param name the name of the field
     * @param fileName the name of the file, checked; empty for a plain value
     * @param contentType {@code text/plain} where it says nothing
     */
    record Head(String name, Optional<String> fileName, String contentType) {}

    long length() {
        return to - from;
    }
}
