package dev.geniehive.it.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What comes from a client. A thread of its own reads all the time, so that the end of the stream is seen while an
 * answer is on its way.
 */
final class Inlet {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(2);
    private final CountDownLatch gone = new CountDownLatch(1);
    private byte[] current = {};
    private int at;

    /**
     * Reads until the client is gone.
     *
     * @param pauseMs how long to wait before each read
     */
    void pump(InputStream in, IntSupplier pauseMs) {
        byte[] buffer = new byte[64 * 1024];
        try {
            while (true) {
                int pause = pauseMs.getAsInt();
                if (pause > 0) {
                    TimeUnit.MILLISECONDS.sleep(pause);
                }
                int read = in.read(buffer, 0, pause > 0 ? 1024 : buffer.length);
                if (read < 0) {
                    return;
                }
                arrived.put(Arrays.copyOf(buffer, read));
            }
        } catch (IOException reset) {
            // gone all the same
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone.countDown();
            arrived.offer(END);
        }
    }

    /** {@return how many of the next bytes there are, at least one; -1 if the client is gone} */
    int read(byte[] into, int offset, int length) throws InterruptedException {
        int first = read();
        if (first < 0) {
            return -1;
        }
        at--;
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, into, offset, count);
        at += count;
        return count;
    }

    /** {@return the next byte, -1 if the client is gone} */
    int read() throws InterruptedException {
        while (at == current.length) {
            byte @Nullable [] next = arrived.poll(gone.getCount() == 0 ? 0 : 100, TimeUnit.MILLISECONDS);
            boolean none = next == null ? gone.getCount() == 0 && arrived.isEmpty() : next.length == 0;
            if (none) {
                return -1;
            }
            if (next != null) {
                current = next;
                at = 0;
            }
        }
        return current[at++] & 0xFF;
    }

    /** Waits, but no longer than the client does. {@return whether the client is gone} */
    boolean goneWithin(long ms) throws InterruptedException {
        return gone.await(ms, TimeUnit.MILLISECONDS);
    }
}
