package dev.geniehive.kernel.link;

import dev.geniehive.kernel.upstream.Target;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine on a loopback socket that does to each request what a test says. */
final class Engine implements AutoCloseable {
    /** What to do with one request; the connection goes on if it returns true. */
    @FunctionalInterface
    interface Script {
        boolean play(Asked asked) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<String> hangUps = new LinkedBlockingQueue<>();
    final AtomicInteger requests = new AtomicInteger();
    final LinkedBlockingQueue<String> entered = new LinkedBlockingQueue<>();

    Engine(Script script) {
        this.script = script;
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                String head = head(in);
                requests.incrementAndGet();
                entered.add(head);
                more = script.play(new Asked(head, in, socket));
            }
        } catch (IOException | InterruptedException e) {
            // the client went away, which it may
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("gone");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    Target target() {
        return Target.of("llama", URI.create("http://127.0.0.1:" + listener.getLocalPort()));
    }

    boolean sawHangUp() throws InterruptedException {
        return hangUps.poll(1, TimeUnit.SECONDS) != null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One request, and the way back. */
    final class Asked {
        private final String head;
        private final InputStream in;
        private final Socket socket;

        private Asked(String head, InputStream in, Socket socket) {
            this.head = head;
            this.in = in;
            this.socket = socket;
        }

        String head() {
            return head;
        }

        byte[] body() throws IOException {
            int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
            return at < 0
                    ? new byte[0]
                    : in.readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at))));
        }

        Asked say(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        boolean answer(String text) throws IOException {
            say("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
            return true;
        }

        Asked beginChunks() throws IOException {
            return say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        Asked chunk(String text) throws IOException {
            return say(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        boolean awaitHangUp() {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // a reset is a way to hang up, too
            }
            hangUps.add("gone");
            return false;
        }

        Socket socket() {
            return socket;
        }
    }
}
