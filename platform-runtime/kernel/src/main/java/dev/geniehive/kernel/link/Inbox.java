package dev.geniehive.kernel.link;

import dev.geniehive.kernel.app.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one exchange on their way from the connection's reader to whoever wants them. When it is full the reader
 * waits, and so does, through TCP, the other side.
 */
final class Inbox {
    private static final int FULL_BYTES = 64 << 10;
    private static final long LONG_NANOS = Duration.ofSeconds(1).toNanos();

    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private int bytes;
    private boolean unwanted;
    private @Nullable String broken;

    /** When whoever waits for a frame has waited too long; 0 if none does, or if the wait itself minds the time. */
    private volatile long waitsUntil;

    Inbox(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Waits for room for body bytes; other frames find room at once. Drops what nobody will read. */
    void put(Frame frame) throws InterruptedException {
        int size = frame.payload().length;
        lock.lockInterruptibly();
        try {
            while (frame.type() == FrameType.DATA
                    && bytes > 0
                    && bytes + size > FULL_BYTES
                    && !unwanted
                    && broken == null) {
                changed.await();
            }
            if (!unwanted) {
                frames.add(frame);
                bytes += size;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return the next frame; null if none came in time}
     *
     * @param waitNanos from a second on it is minded by {@link #check}
     * @throws IOException if the connection ended, and all that came before was taken
     */
    @Nullable
    Frame poll(long waitNanos) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (waitNanos < LONG_NANOS) {
                awaitFor(waitNanos);
            } else {
                awaitUntil((ticker.nanos() + waitNanos) | 1);
            }
            Frame frame = frames.poll();
            if (frame == null) {
                if (broken != null) {
                    throw new IOException(broken);
                }
                return null;
            }
            bytes -= frame.payload().length;
            changed.signalAll();
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void awaitFor(long nanos) throws InterruptedException {
        for (long left = nanos; isEmpty() && left > 0; ) {
            left = changed.awaitNanos(left);
        }
    }

    /** Under the lock. A wait with a timeout of its own has the JDK's timer thread woken now and then, and costs more. */
    private void awaitUntil(long moment) throws InterruptedException {
        waitsUntil = moment;
        try {
            while (isEmpty() && moment - ticker.nanos() > 0) {
                changed.await();
            }
        } finally {
            waitsUntil = 0;
        }
    }

    private boolean isEmpty() {
        return frames.isEmpty() && broken == null;
    }

    /** Called now and then where anybody waits long: frees who has waited too long. */
    void check(long now) {
        long until = waitsUntil;
        if (until == 0 || until - now > 0) {
            return;
        }
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing more will come. */
    void fail(String why) {
        lock.lock();
        try {
            broken = broken == null ? why : broken;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nobody will read, now or later. */
    void discard() {
        lock.lock();
        try {
            unwanted = true;
            frames.clear();
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return body bytes that wait here} */
    int bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
