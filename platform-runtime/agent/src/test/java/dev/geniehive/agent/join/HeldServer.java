package dev.geniehive.agent.join;

import dev.geniehive.api.model.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A real server that writes down what it is asked, and answers what a test says. One request for a connection. */
public final class HeldServer implements AutoCloseable {
    private final ServerSocket server;
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private volatile Function<Asked, Answer> answers;

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

    @Override
    public void close() throws IOException {
        server.close();
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
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            String[] first = line(in).split(" ", -1);
            Map<String, String> headers = new HashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] field = line.split(": *", 2);
                headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
            }
            byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            String bearer = headers.getOrDefault("authorization", "").replace("Bearer ", "");
            Asked question = new Asked(first[0] + " " + first[1], bearer, Json.parse(body));
            asked.add(question);
            Answer answer = answers.apply(question);
            byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
            String head = "HTTP/1.1 %d Whatever\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
                    .formatted(answer.status(), text.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(text);
            socket.getOutputStream().flush();
        } catch (IOException gone) {
            // Whoever asked has hung up.
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
