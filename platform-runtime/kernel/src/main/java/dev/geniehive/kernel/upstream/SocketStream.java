package dev.geniehive.kernel.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** A connected socket, with TLS on top or without. */
final class SocketStream implements ByteStream {
    /** The watchdog comes by at least as often. */
    private static final long LONG_MILLIS = 1000;

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final boolean tls;
    private int timeoutMillis = -1;

    /** When the read that waits now has waited too long; 0 if none does, or if the socket itself minds the time. */
    private volatile long readUntil;

    private volatile boolean overdue;

    /** @param socket the channel's own, or one with TLS on top of it */
    SocketStream(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.tls = socket instanceof SSLSocket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * A read with a timeout of the socket's own has a thread woken at every call to mind the time. So long ones are
     * minded by {@link #check()}, which closes.
     */
    @Override
    public int read(byte[] into, int offset, int length, long timeout) throws IOException {
        if (timeout < LONG_MILLIS) {
            allow((int) timeout);
            return in.read(into, offset, length);
        }
        allow(0);
        readUntil = (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout)) | 1;
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            throw overdue ? timedOut(timeout, e) : e;
        } finally {
            readUntil = 0;
        }
    }

    private void allow(int millis) throws IOException {
        if (millis != timeoutMillis) {
            socket.setSoTimeout(millis);
            timeoutMillis = millis;
        }
    }

    private static IOException timedOut(long timeout, IOException cause) {
        IOException late = new SocketTimeoutException("nothing came for %d ms".formatted(timeout));
        late.initCause(cause);
        return late;
    }

    @Override
    public boolean check() {
        long until = readUntil;
        if (until != 0 && System.nanoTime() - until > 0) {
            overdue = true;
            close();
        }
        return until != 0;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
    }

    /** Looks at the bare channel, under TLS too: whatever an idle engine sends, its end or a byte, is too much. */
    @Override
    public boolean stale() {
        try {
            if (tls && in.available() > 0) {
                return true;
            }
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) != 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            return true;
        }
    }

    /** Closes the channel and says no farewell under TLS: that could block behind a writer that is stuck. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is as closed as it can be, and nobody could do more about it
        }
    }
}
