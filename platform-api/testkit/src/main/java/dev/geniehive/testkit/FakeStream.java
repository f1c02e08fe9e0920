package dev.geniehive.testkit;

import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.api.model.UpstreamException.Failure;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The body of a reply, fed by the test byte by byte. Reads block until there is something, as they do on a connection;
 * closing it or interrupting its reader ends a read with an {@link UpstreamException}.
 */
public final class FakeStream extends InputStream {
    private enum State {
        OPEN,
        ENDED,
        BROKEN,
        HUNG_UP
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] waiting = {};
    private State state = State.OPEN;
    private boolean readerWaits;

    /** Lets the engine say something. */
    public FakeStream feed(String text) {
        lock.lock();
        try {
            byte[] more = FakeReply.utf8(text);
            byte[] joined = new byte[waiting.length + more.length];
            System.arraycopy(waiting, 0, joined, 0, waiting.length);
            System.arraycopy(more, 0, joined, waiting.length, more.length);
            waiting = joined;
            changed.signalAll();
            return this;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the engine finish its reply. */
    public FakeStream end() {
        return become(State.ENDED);
    }

    /** Lets the connection break after what was fed. */
    public FakeStream breakOff() {
        return become(State.BROKEN);
    }

    /** {@return whether the reply was closed before its end was read, now or within so many seconds} */
    public boolean sawHangUpWithin(long seconds) throws InterruptedException {
        return within(seconds, State.HUNG_UP, false);
    }

    /** {@return whether somebody waits for bytes, now or within so many seconds} */
    public boolean sawReaderWaitWithin(long seconds) throws InterruptedException {
        return within(seconds, State.OPEN, true);
    }

    private boolean within(long seconds, State wanted, boolean reader) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(seconds);
        lock.lock();
        try {
            while (state != wanted || (reader && !readerWaits)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private FakeStream become(State next) {
        lock.lock();
        try {
            if (state == State.OPEN) {
                state = next;
                changed.signalAll();
            }
            return this;
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
            awaitSomething();
            int count = Math.min(length, waiting.length);
            if (count == 0) {
                return length == 0 ? 0 : -1;
            }
            System.arraycopy(waiting, 0, into, offset, count);
            byte[] rest = new byte[waiting.length - count];
            System.arraycopy(waiting, count, rest, 0, rest.length);
            waiting = rest;
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void awaitSomething() {
        try {
            while (waiting.length == 0 && state == State.OPEN) {
                readerWaits = true;
                changed.signalAll();
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(Failure.CANCELLED, true, "The reader was interrupted.", e);
        } finally {
            readerWaits = false;
        }
        if (state == State.HUNG_UP) {
            throw new UpstreamException(Failure.CANCELLED, true, "The reply was closed.");
        }
        if (state == State.BROKEN && waiting.length == 0) {
            throw new UpstreamException(Failure.BROKEN, true, "The connection ended before the reply did.");
        }
    }

    @Override
    public void close() {
        become(State.HUNG_UP);
    }
}
