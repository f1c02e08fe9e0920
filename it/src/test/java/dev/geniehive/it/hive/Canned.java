package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;

/** A server that answers some paths with what it was given, whoever asks. */
final class Canned implements AutoCloseable {
    private final ServerSocket listener;
    private final String headers;
    private final Map<String, String> bodies;

    private Canned(ServerSocket listener, String headers, Map<String, String> bodies) {
        this.listener = listener;
        this.headers = headers;
        this.bodies = bodies;
        Thread.ofVirtual().start(this::accept);
    }

    /**
     * Starts one.
     *
     * @param port 0 for any
     * @param headers lines of every answer, each with its end
     * @param bodies JSON by path; 404 for all others
     */
    static Canned on(InetAddress address, int port, String headers, Map<String, String> bodies) throws IOException {
        return new Canned(new ServerSocket(port, 50, address), headers, bodies);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
            String[] words = String.valueOf(in.readLine()).split(" ", 3);
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                // no header matters
            }
            String path = words.length > 1 ? words[1].replaceFirst("\\?.*", "") : "";
            String body = bodies.getOrDefault(path, "{}");
            String text =
                    "HTTP/1.1 %d X\r\n%sContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(bodies.containsKey(path) ? 200 : 404, headers, body.length(), body);
            socket.getOutputStream().write(text.getBytes(UTF_8));
        } catch (IOException gone) {
            // who does not listen to the answer does not want it
        }
    }
}
