package dev.geniehive.kernel.link;

import java.io.IOException;
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

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private int bytes;
    private boolean unwanted;
    private @Nullable String broken;

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
     * @throws IOException if the connection ended, and all that came before was taken
     */
    @Nullable
    Frame poll(long waitNanos) throws IOException, InterruptedException {
        long left = waitNanos;
        lock.lockInterruptibly();
        try {
            while (frames.isEmpty() && broken == null && left > 0) {
                left = changed.awaitNanos(left);
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
