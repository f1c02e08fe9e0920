package dev.geniehive.it.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One connection of a client. Whatever takes longer than ten seconds to come is a {@code SocketTimeoutException}. Used by
 * one thread.
 */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private Framing framing = Framing.UNTIL_CLOSE;
    private long left;

    private enum Framing {
        CHUNKED,
        LENGTH,
        UNTIL_CLOSE
    }

    /**
     * A status line and its headers.
     *
     * @param headers lines as sent
     * @param nanos when the last of them came
     */
    public record Head(int status, List<String> headers, long nanos) {
        /** {@return the value of the first header of that name} */
        public Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }
    }

    /**
     * A part of a body: an HTTP chunk, or what came at once where there are none.
     *
     * @param nanos when its last byte came
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Chunk(byte[] bytes, long nanos) {
        public String text() {
            return new String(bytes, UTF_8);
        }
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    /** {@return a connection to a port of 127.0.0.1} */
    public static RawClient connect(int port) throws IOException {
        return over(new Socket(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    /** {@return a client on a connection that is there, for example a TLS one} */
    public static RawClient over(Socket socket) throws IOException {
        return new RawClient(socket);
    }

    /** Sends bytes as they are. */
    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends text as it is. */
    public RawClient send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    /** Sends a request without a body. */
    public RawClient get(String target, String... headers) throws IOException {
        return request("GET", target, "", headers);
    }

    /** Sends a request with a JSON body. */
    public RawClient post(String target, String json, String... headers) throws IOException {
        return request("POST", target, json, headers);
    }

    /** Sends a request whole, at once. */
    public RawClient request(String method, String target, String body, String... headers) throws IOException {
        StringBuilder text = new StringBuilder(
                "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(method, target, socket.getPort()));
        Arrays.stream(headers).forEach(header -> text.append(header).append("\r\n"));
        if (!body.isEmpty()) {
            text.append(
                    "Content-Type: application/json\r\nContent-Length: %d\r\n".formatted(body.getBytes(UTF_8).length));
        }
        return send(text.append("\r\n").append(body).toString());
    }

    /** {@return the head of the next reply; 1xx replies are heads of their own, without a body} */
    public Head head() throws IOException {
        String start = line();
        List<String> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.add(line);
        }
        Head head = new Head(Integer.parseInt(start.split(" ", 3)[1]), List.copyOf(headers), System.nanoTime());
        Optional<String> length = head.header("content-length");
        if (head.header("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            framing = Framing.CHUNKED;
        } else if (length.isPresent() || head.status() < 200 || head.status() == 204) {
            framing = Framing.LENGTH;
            left = Long.parseLong(length.orElse("0"));
        } else {
            framing = Framing.UNTIL_CLOSE;
        }
        return head;
    }

    /**
     * {@return the next part of the body, empty at its end}
     *
     * @throws EOFException if the connection ended before the body did
     */
    public Optional<Chunk> chunk() throws IOException {
        return switch (framing) {
            case CHUNKED -> httpChunk();
            case LENGTH -> portion(left, true);
            case UNTIL_CLOSE -> portion(Long.MAX_VALUE, false);
        };
    }

    /** {@return all parts that are left} */
    public List<Chunk> chunks() throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        for (Optional<Chunk> next = chunk(); next.isPresent(); next = chunk()) {
            chunks.add(next.get());
        }
        return chunks;
    }

    /** {@return the rest of the body} */
    public byte[] body() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks().forEach(chunk -> all.writeBytes(chunk.bytes()));
        return all.toByteArray();
    }

    /** {@return the rest of the body as text} */
    public String text() throws IOException {
        return new String(body(), UTF_8);
    }

    /** Waits until the other side ends the connection. {@return whether nothing came before its end} */
    public boolean isClosedByPeer() throws IOException {
        return in.read() < 0;
    }

    /** Stops sending, but goes on reading. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection as a crash would: with a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Hangs up. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Optional<Chunk> httpChunk() throws IOException {
        int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the connection ended inside a chunk");
        }
        if (size == 0) {
            for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
                // trailers say nothing here
            }
            framing = Framing.LENGTH;
            left = 0;
            return Optional.empty();
        }
        long nanos = System.nanoTime();
        line();
        return Optional.of(new Chunk(bytes, nanos));
    }

    private Optional<Chunk> portion(long most, boolean required) throws IOException {
        if (most == 0) {
            return Optional.empty();
        }
        byte[] buffer = new byte[(int) Math.min(most, 64 * 1024)];
        int read = in.read(buffer);
        if (read < 0 && required) {
            throw new EOFException("the connection ended %d bytes before the body".formatted(most));
        }
        left -= Math.max(0, read);
        return read < 0 ? Optional.empty() : Optional.of(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime()));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended in the head or between chunks");
            }
            line.write(c);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
