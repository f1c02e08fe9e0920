package dev.geniehive.kernel.http;

import dev.geniehive.kernel.upstream.ByteStream;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection after it was switched to another protocol. Reads come from the connection's thread, writes from
 * one thread at a time.
 *
 * <p>Closing must not wait for a writer that is stuck, and under TLS the socket's own {@code close()} does: it wants to
 * say goodbye. So a stuck writer is interrupted, which closes the channel and frees the reader too; where nobody writes,
 * a thread that has been interrupted already tries to.
 */
final class EdgeStream implements ByteStream {
    private final HelidonSocket socket;
    private final DataReader taken;
    private final Wire wire;
    private final ReentrantLock lock = new ReentrantLock();
    private byte[] rest = new byte[0];
    private int position;
    private @Nullable Thread writer;
    private boolean writerInterrupted;
    private boolean closed;

    EdgeStream(HelidonSocket socket, Wire wire) {
        this.socket = socket;
        this.taken = wire.reader();
        this.wire = wire;
    }

    /** Knows no timeout: who wants one closes the stream. */
    @Override
    public int read(byte[] into, int offset, int length, long timeoutMillis) throws IOException {
        if (position == rest.length && !more()) {
            return -1;
        }
        int count = Math.min(length, rest.length - position);
        System.arraycopy(rest, position, into, offset, count);
        position += count;
        return count;
    }

    private boolean more() throws IOException {
        int buffered = taken.available();
        try {
            rest = buffered > 0 ? taken.readBytes(buffered) : wire.get();
            position = 0;
            return true;
        } catch (CloseConnectionException e) {
            if (isClosed() || Thread.currentThread().isInterrupted()) {
                throw new IOException("the connection was closed here", e);
            }
            return false;
        }
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        begin();
        try {
            socket.write(BufferData.create(from, offset, length));
        } catch (RuntimeException e) {
            throw new IOException("the connection takes no more bytes", e);
        } finally {
            end();
        }
    }

    private void begin() throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the connection was closed here");
            }
            writer = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            writer = null;
            if (writerInterrupted) {
                writerInterrupted = false;
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Cannot be told without a read. */
    @Override
    public boolean stale() {
        return isClosed();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (writer != null) {
                writerInterrupted = true;
                writer.interrupt();
            } else {
                Thread.ofVirtual().name("edge-closer").start(this::closeChannel);
            }
        } finally {
            lock.unlock();
        }
    }

    private void closeChannel() {
        Thread.currentThread().interrupt();
        try {
            socket.write(BufferData.create(new byte[1]));
        } catch (RuntimeException e) {
            // that was the purpose: the channel closes before a byte is sent
        }
    }
}
