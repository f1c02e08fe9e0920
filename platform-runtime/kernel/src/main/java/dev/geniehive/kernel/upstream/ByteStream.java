package dev.geniehive.kernel.upstream;

import java.io.IOException;

/**
 * Bytes in both directions between us and one engine: a socket, or a stream through a node's link.
 *
 * <p>One thread reads and one thread writes, perhaps at the same time. {@link #close()} comes from any thread, at any
 * time. Interrupting a thread that is blocked in here closes the stream and makes the call throw.
 */
public interface ByteStream extends AutoCloseable {
    /**
     * Waits for bytes and returns those that are there, without waiting for more.
     *
     * @param length at least 1
     * @param timeoutMillis how long to wait for the first of them, at least 1
     * @return how many bytes were read, at least 1, or -1 at the end
     * @throws java.net.SocketTimeoutException if nothing came in time; the stream is still usable if that was less
     *     than a second
     * @throws IOException if the stream broke or was closed
     */
    int read(byte[] into, int offset, int length, long timeoutMillis) throws IOException;

    /**
     * Writes all of the bytes and sends them at once. Blocks for as long as the other side takes none;
     * {@link #close()} frees it.
     */
    void write(byte[] from, int offset, int length) throws IOException;

    /**
     * Called by any thread, several times a second while a read waits, and once a second at least: ends a read that has
     * taken too long, where nobody else minds it.
     *
     * @return whether a read waits that is minded here
     */
    default boolean check() {
        return false;
    }

    /**
     * {@return whether nothing more can be asked on a stream that is idle} The other side closed it, or sent bytes
     * nobody asked for. Never blocks; may swallow a byte when it returns true. Nobody reads or writes meanwhile.
     */
    boolean stale();

    /** Closes at once; who reads or writes is freed with an {@link IOException}. Closing twice is harmless. */
    @Override
    void close();
}
