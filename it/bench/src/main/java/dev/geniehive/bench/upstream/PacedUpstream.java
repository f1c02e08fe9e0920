package dev.geniehive.bench.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model server with the model {@code bench} that answers as a request steers it. It listens on several ports, one for
 * each subject, so that what one of them leaves open changes nothing for the others.
 *
 * <p>The first connections of a port have threads of the operating system, which wake sooner; further ones virtual ones.
 */
public final class PacedUpstream implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int PLATFORM_THREADS = 64;

    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Closings closings = new Closings();

    /**
     * Starts one.
     *
     * @param firstPort of ports that follow each other; 0 for any
     */
    public static PacedUpstream listening(int ports, int firstPort) throws IOException {
        PacedUpstream upstream = new PacedUpstream();
        for (int i = 0; i < ports; i++) {
            ServerSocket listener = new ServerSocket();
            listener.bind(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), firstPort == 0 ? 0 : firstPort + i),
                    BACKLOG);
            upstream.listeners.add(listener);
            Thread.ofPlatform().daemon().start(() -> upstream.accept(listener));
        }
        return upstream;
    }

    public List<Integer> ports() {
        return listeners.stream().map(ServerSocket::getLocalPort).toList();
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept(ServerSocket listener) {
        AtomicInteger here = new AtomicInteger();
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                Thread.Builder threads = here.incrementAndGet() <= PLATFORM_THREADS
                        ? Thread.ofPlatform().daemon()
                        : Thread.ofVirtual();
                threads.start(() -> talk(socket, here));
            } catch (IOException closed) {
                // Either this is the end, or one client less.
            }
        }
    }

    private void talk(Socket socket, AtomicInteger here) {
        try {
            new Conversation(socket, closings).run();
        } finally {
            open.remove(socket);
            here.decrementAndGet();
        }
    }
}
