package dev.geniehive.kernel.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A server on a loopback socket that does to each connection what a test says. */
final class RawServer implements AutoCloseable {
    /** What to do with one connection; it is closed afterwards. */
    @FunctionalInterface
    interface Script {
        void play(Peer peer) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final LinkedBlockingQueue<String> hangUps = new LinkedBlockingQueue<>();

    RawServer(Script script) {
        this(loopback(), script);
    }

    RawServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    private static ServerSocket loopback() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> play(socket, number));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void play(Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.play(new Peer(socket, number));
        } catch (IOException | InterruptedException e) {
            // the client went away, which it may
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    int port() {
        return listener.getLocalPort();
    }

    Target target() {
        return Target.of("box/engine", uri());
    }

    int accepted() {
        return accepted.get();
    }

    /** Waits until a script has seen the end of its connection. */
    boolean sawHangUp() throws InterruptedException {
        return hangUps.poll(5, TimeUnit.SECONDS) != null;
    }

    boolean sawHangUps(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            if (!sawHangUp()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The server's end of one connection. */
    final class Peer {
        private final Socket socket;
        private final int number;

        private Peer(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        /** Counts from 1. */
        int number() {
            return number;
        }

        /** {@return the next request's head, with its empty line; null at the end} */
        @Nullable
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    return null;
                }
                head.append((char) c);
            }
            return head.toString();
        }

        String body(int length) throws IOException {
            return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
        }

        void say(String text) throws IOException {
            say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void say(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Reads until the client hangs up. */
        void awaitHangUp() {
            try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // a reset is a way to hang up, too
            }
            hangUps.add("connection " + number);
        }

        /** An engine that thinks; what is tested is that time passes. */
        void pause(Duration time) {
            LockSupport.parkNanos(time.toNanos());
        }

        Socket socket() {
            return socket;
        }
    }
}
