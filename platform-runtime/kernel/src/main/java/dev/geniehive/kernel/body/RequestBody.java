package dev.geniehive.kernel.body;

import dev.geniehive.api.host.Body;

/**
 * A body that somebody has to close when its request has ended: that gives its memory back and deletes its file.
 *
 * <p>Streams of a closed body fail with an {@code IOException}, {@link #open} with {@code IllegalStateException}; so do
 * those of the bodies that {@link #withModel} made from it. Only the thread that closes must know that no one else
 * needs it any more; everything else is safe for use by many threads at once.
 */
public interface RequestBody extends Body, AutoCloseable {
    /** Releases memory and file. A second call does nothing. */
    @Override
    void close();
}
