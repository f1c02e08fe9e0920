package dev.geniehive.plugin.simulator;

import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An answer that comes at its own pace: a read waits until the next piece is due, and returns that. Closing it from
 * another thread, or interrupting its reader, ends a read at once. Nothing runs ahead of its reader.
 */
final class PacedStream extends InputStream {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final List<Piece> pieces;
    private final Duration first;
    private final Duration perToken;
    private final long start = System.nanoTime();
    private byte[] current = {};
    private int piece;
    private int at;
    private boolean closed;

    PacedStream(List<Piece> pieces, Duration first, Duration perToken) {
        this.pieces = pieces;
        this.first = first;
        this.perToken = perToken;
    }

    /** {@return the tokens that were due so far; final at the end} */
    int tokens() {
        lock.lock();
        try {
            return piece == 0 ? 0 : pieces.get(piece - 1).tokens();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        lock.lock();
        try {
            if (length == 0) {
                return 0;
            }
            if (piece == pieces.size()) {
                return -1;
            }
            if (at == 0) {
                awaitDue(pieces.get(piece));
                current = pieces.get(piece).text().getBytes(StandardCharsets.UTF_8);
            }
            return copy(into, offset, length);
        } finally {
            lock.unlock();
        }
    }

    private void awaitDue(Piece next) {
        Duration delay = first.plus(perToken.multipliedBy(next.tokens()));
        try {
            long left = delay.toNanos() - (System.nanoTime() - start);
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(Failure.CANCELLED, true, "The reader of a simulated answer gave up.", e);
        }
        if (closed) {
            throw new UpstreamException(Failure.CANCELLED, true, "The simulated answer was closed.");
        }
    }

    private int copy(byte[] into, int offset, int length) {
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, into, offset, count);
        at += count;
        if (at == current.length) {
            piece++;
            at = 0;
        }
        return count;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
