package dev.geniehive.bench.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;

/** A client's connection. For one thread, one exchange at a time. */
public final class Wire implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int NARROW_BYTES = 16 * 1024;

    private final Socket socket;
    private final OutputStream out;
    private final Inlet in;
    private final Head head = new Head();

    private Wire(Socket socket, int bufferBytes) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new Inlet(socket.getInputStream(), bufferBytes);
    }

    /** {@return a connection that waits for one read at most as long as this} */
    public static Wire connect(InetSocketAddress address, int bufferBytes, Duration patience) throws IOException {
        return connect(new Socket(), address, bufferBytes, patience);
    }

    /** {@return one whose system holds little that nobody has read yet, so that a client which does not read is felt soon} */
    public static Wire narrow(InetSocketAddress address, int bufferBytes, Duration patience) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(NARROW_BYTES);
        return connect(socket, address, bufferBytes, patience);
    }

    private static Wire connect(Socket socket, InetSocketAddress address, int bufferBytes, Duration patience)
            throws IOException {
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.connect(address, (int) CONNECT.toMillis());
            socket.setSoTimeout((int) patience.toMillis());
            return new Wire(socket, bufferBytes);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    public void send(byte[] request) throws IOException {
        out.write(request);
    }

    /** {@return what came for the request that was sent} @throws IOException if it did not come whole */
    public Answer receive(BodySink sink) throws IOException {
        do {
            head.read(in);
        } while (head.status() == 100);
        int status = head.status();
        long bytes = status == 204 || status == 304 ? 0 : Body.read(head, in, sink);
        if (in.buffered() > 0) {
            throw new MalformedException("%d bytes after the end of an answer".formatted(in.buffered()));
        }
        return new Answer(status, bytes);
    }

    public Answer exchange(byte[] request, BodySink sink) throws IOException {
        send(request);
        return receive(sink);
    }

    /** {@return whether the other side is going to close after the answer that was just received} */
    public boolean ends() {
        return head.field("connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /** Hangs up, also under a reader. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // There is nothing left to close.
        }
    }
}
