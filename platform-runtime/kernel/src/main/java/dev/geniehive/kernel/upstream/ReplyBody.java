package dev.geniehive.kernel.upstream;

import dev.geniehive.api.model.UpstreamException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of a reply as it arrives. Whoever ends it first, the reader at its end or on a failure or anybody with
 * {@link #close}, gives the connection back, once.
 */
final class ReplyBody extends InputStream {
    private enum State {
        OPEN,
        ENDED,
        FAILED,
        CLOSED
    }

    private final Pool pool;
    private final Connection connection;
    private final Sending sending;
    private final Framing framing;
    private final long keepNanos;
    private final Failures failures;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final byte[] one = new byte[1];
    private boolean begun;
    private @Nullable UpstreamException failure;

    ReplyBody(Pool pool, Connection connection, Sending sending, ReplyHead head, Failures failures) {
        this.pool = pool;
        this.connection = connection;
        this.sending = sending;
        this.framing = head.framing();
        this.keepNanos = head.keepNanos();
        this.failures = failures;
        if (framing.ended()) {
            end();
        }
    }

    /** {@return how many bytes are here for sure, and can be read without waiting for the engine} */
    @Override
    public int available() {
        return state.get() == State.OPEN && failure == null
                ? (int) Math.min(connection.in().available(), framing.ahead())
                : 0;
    }

    @Override
    public int read() {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into) {
        return read(into, 0, into.length);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (failure != null) {
            throw failure;
        }
        return switch (state.get()) {
            case ENDED -> -1;
            case OPEN -> length == 0 ? 0 : readOpen(into, offset, length);
            case FAILED, CLOSED -> throw failures.cancelled(null);
        };
    }

    private int readOpen(byte[] into, int offset, int length) {
        try {
            return take(into, offset, length);
        } catch (IOException e) {
            throw fail(
                    !begun && e instanceof SocketTimeoutException
                            ? failures.awaitingHead(e, connection.killed(), false)
                            : failures.reading(e, connection.killed()));
        } catch (UpstreamException e) {
            throw fail(e);
        }
    }

    private int take(byte[] into, int offset, int length) throws IOException {
        Inbound in = connection.in();
        for (; ; ) {
            int taken = framing.take(in, into, offset, length);
            if (framing.ended()) {
                end();
                return taken > 0 ? taken : -1;
            }
            if (taken > 0) {
                begun = true;
                return taken;
            }
            if (framing.ahead() >= length && length >= in.buffer().length) {
                return pass(in, into, offset, length);
            }
            if (!in.fill(patienceMillis())) {
                return endOfStream();
            }
            begun = true;
        }
    }

    /** Reads a long stretch straight to where it is wanted. */
    private int pass(Inbound in, byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length, patienceMillis());
        if (count < 0) {
            return endOfStream();
        }
        begun = true;
        framing.passed(count);
        if (framing.ended()) {
            end();
        }
        return count;
    }

    /** Many engines send the head of a stream at once, and then think as long as others do before it. */
    private long patienceMillis() {
        Timeouts timeouts = failures.timeouts();
        return (begun ? timeouts.idle() : timeouts.firstByte()).toMillis();
    }

    private int endOfStream() throws IOException {
        if (framing instanceof OpenFraming) {
            end();
            return -1;
        }
        throw new EOFException("it closed the connection");
    }

    /** After this the connection may belong to another request. */
    private void end() {
        if (state.compareAndSet(State.OPEN, State.ENDED)) {
            if (keepNanos > 0 && sending.complete() && connection.in().available() == 0) {
                pool.release(connection, keepNanos);
            } else {
                pool.discard(connection);
            }
        }
    }

    private UpstreamException fail(UpstreamException found) {
        if (state.compareAndSet(State.OPEN, State.FAILED)) {
            pool.discard(connection);
            failure = Thread.currentThread().isInterrupted() ? failures.cancelled(null) : found;
        } else {
            failure = failures.cancelled(null);
        }
        return failure;
    }

    @Override
    public void close() {
        if (state.compareAndSet(State.OPEN, State.CLOSED)) {
            pool.discard(connection);
        }
    }
}
