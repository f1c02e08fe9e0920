package dev.geniehive.kernel.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connected socket, with TLS on top or without. */
final class SocketStream implements ByteStream {
    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private int timeoutMillis = -1;

    /** @param socket the channel's own, or one with TLS on top of it */
    SocketStream(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeout) throws IOException {
        int millis = (int) Math.min(timeout, Integer.MAX_VALUE);
        if (millis != timeoutMillis) {
            socket.setSoTimeout(millis);
            timeoutMillis = millis;
        }
        return in.read(into, offset, length);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
    }

    /** Looks at the bare channel, under TLS too: whatever an idle engine sends, its end or a byte, is too much. */
    @Override
    public boolean stale() {
        try {
            if (in.available() > 0) {
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
