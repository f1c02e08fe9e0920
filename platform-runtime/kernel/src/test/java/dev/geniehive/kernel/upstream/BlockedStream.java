package dev.geniehive.kernel.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
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

    void awaitWriter() {
        await(writing);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
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
