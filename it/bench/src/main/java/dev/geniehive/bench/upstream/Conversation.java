package dev.geniehive.bench.upstream;

import dev.geniehive.bench.wire.Inlet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/** One connection to the upstream, request after request. */
final class Conversation implements Runnable {
    private static final int BUFFER_BYTES = 4096;
    private static final String MODELS =
            "{\"object\":\"list\",\"data\":[{\"id\":\"bench\",\"object\":\"model\",\"created\":1,\"owned_by\":\"bench\"}]}";
    private static final byte[] PADDING = padding();

    private final Socket socket;
    private final Closings closings;
    private final Request request = new Request();
    private int chunkBytes = -1;
    private ChunkWriter chunks = new ChunkWriter(0);

    Conversation(Socket socket, Closings closings) {
        this.socket = socket;
        this.closings = closings;
    }

    @Override
    public void run() {
        try (socket) {
            Inlet in = new Inlet(socket.getInputStream(), BUFFER_BYTES);
            OutputStream out = socket.getOutputStream();
            while (request.read(in) && answer(in, out)) {
                // The next one comes on the same connection.
            }
        } catch (IOException gone) {
            // Hung up: whoever wants to know when asks the closings.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return whether the connection may be used again} */
    private boolean answer(Inlet in, OutputStream out) throws IOException, InterruptedException {
        String line = request.line();
        if (line.equals("POST /v1/chat/completions")) {
            return chat(in, out);
        }
        if (line.equals("GET /v1/models")) {
            json(200, MODELS, out);
        } else if (line.equals("GET /bench/clock")) {
            json(200, "{\"nanos\":%d}".formatted(System.nanoTime()), out);
        } else if (line.startsWith("GET /bench/closed/")) {
            OptionalLong nanos = closings.await(Long.parseLong(line.substring(line.lastIndexOf('/') + 1)));
            json(nanos.isPresent() ? 200 : 404, "{\"nanos\":%d}".formatted(nanos.orElse(0)), out);
        } else {
            json(
                    404,
                    "{\"error\":{\"message\":\"There is no such path here.\",\"type\":\"invalid_request_error\"}}",
                    out);
        }
        return true;
    }

    private boolean chat(Inlet in, OutputStream out) throws IOException, InterruptedException {
        Steering steering = request.steering();
        if (!request.wantsStream()) {
            whole(steering.bytes(), out);
            return true;
        }
        if (steering.id() > 0) {
            Thread.ofVirtual().start(() -> watch(in, steering.id()));
        }
        if (chunkBytes != steering.bytes()) {
            chunkBytes = steering.bytes();
            chunks = new ChunkWriter(chunkBytes);
        }
        chunks.write(steering, out);
        return steering.id() == 0;
    }

    /** Waits for the end of the connection, which a writer at its pace would see late. */
    private void watch(Inlet in, long id) {
        try {
            in.more();
        } catch (IOException gone) {
            // An end, too.
        }
        closings.closed(id, System.nanoTime());
    }

    private static void whole(int bytes, OutputStream out) throws IOException {
        String before =
                "{\"id\":\"b\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"bench\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"";
        String after = "\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
        if (bytes <= PADDING.length) {
            json(200, before + "x".repeat(bytes) + after, out);
            return;
        }
        out.write(head(200, before.length() + bytes + after.length()));
        out.write(before.getBytes(StandardCharsets.US_ASCII));
        for (int left = bytes; left > 0; left -= PADDING.length) {
            out.write(PADDING, 0, Math.min(left, PADDING.length));
        }
        out.write(after.getBytes(StandardCharsets.US_ASCII));
    }

    private static void json(int status, String body, OutputStream out) throws IOException {
        byte[] head = head(status, body.length());
        byte[] whole = Arrays.copyOf(head, head.length + body.length());
        System.arraycopy(body.getBytes(StandardCharsets.US_ASCII), 0, whole, head.length, body.length());
        out.write(whole);
    }

    private static byte[] head(int status, int length) {
        return "HTTP/1.1 %d %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
                .formatted(status, status == 200 ? "OK" : "Not Found", length)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] padding() {
        byte[] padding = new byte[16 * 1024];
        Arrays.fill(padding, (byte) 'x');
        return padding;
    }
}
