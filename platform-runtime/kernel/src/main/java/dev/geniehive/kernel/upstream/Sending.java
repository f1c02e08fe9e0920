package dev.geniehive.kernel.upstream;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.app.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one request. A large body is written by a thread of its own, so that an engine that answers without having
 * read it is heard; small ones fit into the buffers of the kernel, and the caller writes them.
 */
final class Sending {
    private static final int LARGE_BYTES = 64 * 1024;
    private static final int WRITE_BYTES = 16 * 1024;

    private final Connection connection;
    private final byte[] head;
    private final Body body;
    private final Ticker ticker;
    private volatile boolean over;
    private volatile boolean complete;
    private volatile long overAt;
    private volatile @Nullable RuntimeException bodyFailure;

    Sending(Connection connection, byte[] head, Body body, Ticker ticker) {
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.ticker = ticker;
    }

    /** Writes, or has it written. What the body throws comes from here or from {@link #throwBodyFailure}. */
    void start() throws IOException {
        if (body.length() > LARGE_BYTES) {
            Thread.ofVirtual().name("upstream-sender").start(this::writeBeside);
        } else {
            write();
        }
    }

    private void writeBeside() {
        try {
            write();
        } catch (IOException e) {
            // whoever waits for the reply reads what the engine had to say, or finds the connection broken
        } catch (RuntimeException e) {
            bodyFailure = e;
            connection.kill(Failure.CANCELLED);
        }
    }

    private void write() throws IOException {
        try {
            if (body.length() == 0) {
                connection.write(head, 0, head.length);
            } else {
                InputStream in = body.open();
                try {
                    write(in);
                } finally {
                    closeQuietly(in);
                }
            }
            complete = true;
        } finally {
            overAt = ticker.nanos();
            over = true;
        }
    }

    private void write(InputStream in) throws IOException {
        long left = body.length();
        byte[] out = new byte[(int) Math.min(Math.max(WRITE_BYTES, head.length), head.length + left)];
        System.arraycopy(head, 0, out, 0, head.length);
        int filled = head.length;
        while (left > 0) {
            int count = filled == out.length ? 0 : read(in, out, filled, (int) Math.min(out.length - filled, left));
            filled += count;
            left -= count;
            if (left == 0 || filled == out.length) {
                connection.write(out, 0, filled);
                filled = 0;
            }
        }
    }

    private int read(InputStream in, byte[] into, int offset, int length) {
        try {
            int count = in.read(into, offset, length);
            if (count < 0) {
                throw new IllegalStateException(
                        "the body of a request is shorter than its length of %d bytes".formatted(body.length()));
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException("the body of a request cannot be read", e);
        }
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // it has been read, and that is all it was for
        }
    }

    /** {@return whether nothing more will be written} */
    boolean over() {
        return over;
    }

    /** {@return when it was over} */
    long overAt() {
        return overAt;
    }

    /** {@return whether the engine has been sent all of it} */
    boolean complete() {
        return complete;
    }

    /** Throws what the body threw while it was written by another thread. */
    void throwBodyFailure() {
        RuntimeException failure = bodyFailure;
        if (failure != null) {
            throw failure;
        }
    }
}
