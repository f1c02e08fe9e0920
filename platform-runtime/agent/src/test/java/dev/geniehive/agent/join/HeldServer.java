package dev.geniehive.agent.join;

import dev.geniehive.api.model.Json;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A real server that writes down what it is asked, and answers what a test says. One request for a connection, unless told otherwise. */
public final class HeldServer implements AutoCloseable {
    private final ServerSocket server;
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch hungUpOn = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Function<Asked, Answer> answers;
    private volatile boolean keeps;
    private volatile boolean drips;

    /** What came. */
    public record Asked(String path, String bearer, Json body) {}

    /** What goes back. */
    public record Answer(int status, String text) {
        public static Answer error(int status, String message) {
            return new Answer(status, "{\"error\": {\"message\": \"%s\", \"code\": \"c\"}}".formatted(message));
        }
    }

    public HeldServer(Function<Asked, Answer> answers) throws IOException {
        this.answers = answers;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public void answers(Function<Asked, Answer> others) {
        answers = others;
    }

    public BlockingQueue<Asked> asked() {
        return asked;
    }

    /** From now on it takes one request after another on a connection. */
    public void keepsConnections() {
        keeps = true;
    }

    /** From now on its answers come a byte at a time and have no end. */
    public void drips() {
        drips = true;
    }

    /** Closes all connections that there are now, as one does that starts anew; who comes back at once is served. */
    public void hangUp() {
        Set.copyOf(open).forEach(HeldServer::close);
    }

    /** {@return zero once it was hung up on while it dripped} */
    public CountDownLatch hungUpOn() {
        return hungUpOn;
    }

    /** {@return how many connections there were} */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
        hangUp();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException broken) {
            // It is as good as closed.
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        connections.incrementAndGet();
        open.add(socket);
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            do {
                Asked question = read(in);
                asked.add(question);
                answer(answers.apply(question), socket.getOutputStream());
            } while (keeps);
        } catch (IOException gone) {
            // Whoever asked has hung up.
        } finally {
            open.remove(socket);
        }
    }

    private static Asked read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", -1);
        if (first.length < 2) {
            throw new EOFException();
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] field = line.split(": *", 2);
            headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String bearer = headers.getOrDefault("authorization", "").replace("Bearer ", "");
        return new Asked(first[0] + " " + first[1], bearer, Json.parse(body));
    }

    private void answer(Answer answer, OutputStream out) throws IOException {
        byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 %d Whatever\r\ncontent-length: %d\r\n%s\r\n"
                .formatted(
                        answer.status(), drips ? Integer.MAX_VALUE : text.length, keeps ? "" : "connection: close\r\n");
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        if (drips) {
            drip(out);
        }
        out.write(text);
        out.flush();
    }

    private void drip(OutputStream out) throws IOException {
        try {
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            hungUpOn.countDown();
            throw gone;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
