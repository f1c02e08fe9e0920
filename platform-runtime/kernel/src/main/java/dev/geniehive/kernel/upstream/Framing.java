package dev.geniehive.kernel.upstream;

/** Finds the end of a body, and takes the body out of what has arrived. Used for one reply. */
sealed interface Framing permits SizedFraming, ChunkedFraming, OpenFraming {
    /**
     * Takes bytes of the body out of what has arrived; waits for nothing.
     *
     * @return how many bytes, 0 if more has to arrive or the body has ended
     */
    int take(Inbound in, byte[] into, int offset, int length) throws MalformedReplyException;

    /** {@return whether the body has been taken to its end} */
    boolean ended();

    /** {@return how many bytes of the body, and nothing else, come next; 0 if that is not known} */
    long ahead();

    /** Notes that some of the bytes ahead were read past the buffer. */
    void passed(int count);
}
