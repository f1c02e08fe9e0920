package dev.geniehive.kernel.upstream;

import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CountDownLatch;

/** A stream whose other side takes and says nothing. */
final class BlockedStream implements ByteStream {
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read(byte[] into, int offset, int length, long timeoutMillis) throws IOException {
        await(closed);
        throw new SocketException("closed");
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        writing.countDown();
        await(closed);
        throw new SocketException("closed");
    }

    void awaitWriter() throws InterruptedException {
        writing.await();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    boolean closed() {
        return closed.getCount() == 0;
    }

    @Override
    public boolean stale() {
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
