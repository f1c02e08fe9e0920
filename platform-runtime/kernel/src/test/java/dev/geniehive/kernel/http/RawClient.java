package dev.geniehive.kernel.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client that says exactly what the test says, and sees exactly what came. */
final class RawClient implements Closeable {
    private final Socket tcp;
    private final Socket socket;
    private final InputStream in;

    RawClient(int port, @Nullable TestTls tls, int receiveBuffer) throws IOException {
        tcp = new Socket();
        if (receiveBuffer > 0) {
            tcp.setReceiveBufferSize(receiveBuffer);
        }
        tcp.setTcpNoDelay(true);
        tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        tcp.setSoTimeout(10_000);
        socket = tls == null ? tcp : tls.context().getSocketFactory().createSocket(tcp, "localhost", port, true);
        if (socket instanceof SSLSocket secure) {
            secure.startHandshake();
        }
        in = new BufferedInputStream(socket.getInputStream());
    }

    record Head(int status, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    record Response(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    RawClient get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    RawClient post(String path, String json) throws IOException {
        return send(
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    Response response() throws IOException {
        Head head = head();
        String body = head.header("transfer-encoding").equals("chunked")
                ? allChunks()
                : exactly(Integer.parseInt(head.headers().getOrDefault("content-length", "0")));
        return new Response(head.status(), head.headers(), body);
    }

    /** Like {@link #response()} for an answer that has no body whatever its headers say. */
    Head head() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(status.split(" ", -1)[1]), headers);
    }

    /** {@return the next chunk, empty at the proper end} */
    String chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        String text = exactly(length);
        if (!line().isEmpty()) {
            throw new IOException("a chunk must end with a line end");
        }
        return text;
    }

    String allChunks() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            all.append(chunk);
        }
        return all.toString();
    }

    String exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("ended after %d of %d bytes".formatted(bytes.length, length));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("ended within a line: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** {@return whether the server closed the connection, having said nothing more} */
    boolean seesEnd() throws IOException {
        return in.read() < 0;
    }

    /** Goes the polite way: close_notify if there is TLS, then FIN. */
    void hangUp() throws IOException {
        socket.close();
    }

    /** Goes without TLS's goodbye: FIN only. */
    void vanish() throws IOException {
        tcp.shutdownOutput();
    }

    /** Goes with a reset. */
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
