package dev.geniehive.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers requests on the loopback address as it was told, and remembers the lines of the requests. */
final class AnsweringServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final String otherwise;

    /** One that answers everything with the same. */
    AnsweringServer(int status, String body) throws IOException {
        this.otherwise = whole(status, "", body);
        Thread.ofVirtual().start(this::serve);
    }

    /** One that answers what it is told by {@link #on}, and like GenieHive that it knows nothing else. */
    AnsweringServer() throws IOException {
        this(404, "{\"error\":{\"message\":\"no such thing\"}}");
        on("GET /livez", 200, "{\"status\":\"ok\"}");
    }

    /** Answers a request, for example {@code GET /v1/models}; a query counts as part of the path. */
    AnsweringServer on(String request, int status, String body) {
        return on(request, status, "", body);
    }

    /** @param headers further lines of the head, each with its line end */
    AnsweringServer on(String request, int status, String headers, String body) {
        answers.put(request, whole(status, headers, body));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** {@return the lines of the heads, and the bodies, in the order of the requests} */
    List<String> lines() {
        return lines;
    }

    private static String whole(int status, String headers, String body) {
        return "HTTP/1.1 %d Whatever\r\nx-request-id: r\r\n%scontent-length: %d\r\nconnection: close\r\n\r\n%s"
                .formatted(status, headers, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException closed) {
                lines.add("broke off: " + closed);
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            String first = line(client.getInputStream());
            int length = 0;
            lines.add(first);
            for (String line = line(client.getInputStream()); !line.isEmpty(); line = line(client.getInputStream())) {
                lines.add(line);
                length = line.toLowerCase(Locale.ROOT).startsWith("content-length:")
                        ? Integer.parseInt(line.substring(16))
                        : length;
            }
            if (length > 0) {
                lines.add(new String(client.getInputStream().readNBytes(length), StandardCharsets.UTF_8));
            }
            String answer = answers.getOrDefault(first.replace(" HTTP/1.1", ""), otherwise);
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            lines.add("broke off: " + closed);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
