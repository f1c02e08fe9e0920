package dev.geniehive.it.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** What goes to a client, in portions as the knobs say. */
final class Outlet {
    private final Socket socket;
    private final Flavor flavor;
    private final Inlet inlet;
    private final Knobs knobs;
    private final Runnable finishing;

    /** @param finishing told just before the last bytes of an answer: who hangs up after them has not given up */
    Outlet(Socket socket, Flavor flavor, Inlet inlet, Knobs knobs, Runnable finishing) {
        this.socket = socket;
        this.flavor = flavor;
        this.inlet = inlet;
        this.knobs = knobs;
        this.finishing = finishing;
    }

    void whole(Answer answer) throws IOException, InterruptedException {
        finishing.run();
        byte[] body = answer.bytes();
        write(join(head(answer.status(), answer.contentType(), "Content-Length: " + body.length), body));
    }

    /** Sends an answer, but stops in the middle of its body. */
    void half(Answer answer) throws IOException, InterruptedException {
        byte[] body = answer.bytes();
        byte[] all = join(head(answer.status(), answer.contentType(), "Content-Length: " + body.length), body);
        write(Arrays.copyOf(all, all.length - (body.length + 1) / 2));
    }

    void streamHead(String contentType) throws IOException, InterruptedException {
        write(head(200, contentType, "Transfer-Encoding: chunked"));
    }

    void chunk(String data) throws IOException, InterruptedException {
        byte[] bytes = data.getBytes(UTF_8);
        byte[] size = "%x\r\n".formatted(bytes.length).getBytes(ISO_8859_1);
        write(join(join(size, bytes), "\r\n".getBytes(ISO_8859_1)));
    }

    void lastChunk() throws IOException, InterruptedException {
        finishing.run();
        write("0\r\n\r\n".getBytes(ISO_8859_1));
    }

    /** Ends the connection in the way that the knobs say. */
    void die() throws IOException {
        finishing.run();
        if (knobs.text("death").equals("rst")) {
            socket.setSoLinger(true, 0);
        } else {
            socket.shutdownOutput();
        }
        socket.close();
    }

    private byte[] head(int status, String contentType, String framing) {
        StringBuilder head = new StringBuilder("HTTP/1.1 %d %s\r\n".formatted(status, status < 400 ? "OK" : "Error"));
        if (!flavor.server().isEmpty()) {
            head.append("Server: ").append(flavor.server()).append("\r\n");
        }
        if (!knobs.text("retry-after").isEmpty()) {
            head.append("Retry-After: ").append(knobs.text("retry-after")).append("\r\n");
        }
        if (!knobs.on("keep-alive")) {
            head.append("Connection: close\r\n");
        }
        head.append("Content-Type: ").append(contentType).append("\r\n");
        return head.append(framing).append("\r\n\r\n").toString().getBytes(ISO_8859_1);
    }

    private void write(byte[] bytes) throws IOException, InterruptedException {
        int piece = knobs.number("piece-bytes") > 0 ? knobs.number("piece-bytes") : bytes.length;
        for (int at = 0; at < bytes.length; at += piece) {
            socket.getOutputStream().write(bytes, at, Math.min(piece, bytes.length - at));
            if (knobs.number("piece-ms") > 0 && inlet.goneWithin(knobs.number("piece-ms"))) {
                throw new HungUpException();
            }
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
