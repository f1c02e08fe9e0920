package dev.geniehive.bench.wire;

/** Takes a body as it arrives. */
@FunctionalInterface
public interface BodySink {
    /** Looks at nothing. */
    BodySink NOWHERE = (buffer, offset, length, arrivedNanos) -> {};

    /**
     * Takes the next piece; pieces with the same time came by the same read.
     *
     * @param buffer only lent
     * @param arrivedNanos {@link System#nanoTime()} right after the read that brought it
     */
    void take(byte[] buffer, int offset, int length, long arrivedNanos);
}
