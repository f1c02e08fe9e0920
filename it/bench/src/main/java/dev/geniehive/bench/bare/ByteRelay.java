package dev.geniehive.bench.bare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Gives each connection one of its own to the upstream and copies what comes, either way by a virtual thread that blocks.
 * It does not know what a request is: it reads, writes and waits as often as a proxy has to, and does nothing else.
 */
public final class ByteRelay implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServerSocket listener;
    private final InetSocketAddress upstream;

    private ByteRelay(ServerSocket listener, InetSocketAddress upstream) {
        this.listener = listener;
        this.upstream = upstream;
    }

    /** Starts one on loopback, on any port. */
    public static ByteRelay to(int upstreamPort) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ByteRelay relay =
                new ByteRelay(new ServerSocket(0, BACKLOG, loopback), new InetSocketAddress(loopback, upstreamPort));
        Thread.ofPlatform().daemon().start(relay::accept);
        return relay;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Takes no more connections; those that are open go on until one side ends them. */
    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> relay(client));
            } catch (IOException closed) {
                // Either this is the end, or one client less.
            }
        }
    }

    /** The end of either way is the end of both. */
    private void relay(Socket client) {
        try (client;
                Socket engine = new Socket()) {
            client.setTcpNoDelay(true);
            engine.setTcpNoDelay(true);
            engine.connect(upstream);
            Thread.ofVirtual().start(() -> {
                copy(engine, client);
                close(client);
            });
            copy(client, engine);
        } catch (IOException gone) {
            // The other side sees that its connection is closed.
        }
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException gone) {
            // An end, too.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // There is nothing left to close.
        }
    }
}
