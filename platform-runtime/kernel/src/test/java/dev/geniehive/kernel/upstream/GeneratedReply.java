package dev.geniehive.kernel.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A reply that is valid, and what it has to come to.
 *
 * @param method of the request it answers
 * @param text all of it, a character for each byte
 * @param endsWithConnection whether its body ends when the connection does
 * @param reusable whether the connection is as good as new afterwards
 */
record GeneratedReply(
        String method, int status, String body, String text, boolean endsWithConnection, boolean reusable) {
    private static final String[] SPICE = {
        "\r\n",
        "\r",
        "\n",
        "\r\n\r\n",
        " ",
        "\t",
        ":",
        ";",
        "0\r\n\r\n",
        "-1",
        "fffffffffffffff",
        "99999999999999999999",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 100 C\r\n\r\n",
        "Content-Length: 3\r\n",
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Connection: close\r\n",
        "\u0000",
        "\u00ff",
        "x".repeat(9000),
        "x".repeat(20_000),
        "A: b\r\n".repeat(250)
    };

    static GeneratedReply random(SplittableRandom random) {
        String method = random.nextInt(10) == 0 ? "HEAD" : "GET";
        int status = new int[] {200, 200, 200, 201, 204, 304, 404, 413, 500, 599}[random.nextInt(10)];
        boolean old = random.nextInt(8) == 0;
        boolean close = random.nextInt(6) == 0;
        boolean empty = method.equals("HEAD") || status == 204 || status == 304;
        int framing = old ? random.nextInt(2) : random.nextInt(3);
        String body = empty ? "" : body(random);

        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 4; i--) {
            text.append("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
        }
        text.append(old ? "HTTP/1.0 " : "HTTP/1.1 ")
                .append(status)
                .append(random.nextBoolean() ? " Why not\r\n" : "\r\n");
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append("X-")
                    .append(i)
                    .append(random.nextBoolean() ? ":" : ": \t")
                    .append("v".repeat(random.nextInt(200)));
            text.append(random.nextInt(20) == 0 ? "w".repeat(10_000) : "").append("\r\n");
        }
        text.append(close ? "Connection: close\r\n" : "");
        text.append(framing == 1 ? "Content-Length: " + (empty ? 7 : body.length()) + "\r\n" : "");
        text.append(framing == 2 ? "Transfer-Encoding: chunked\r\n" : "").append("\r\n");
        text.append(framing == 2 && !empty ? chunks(body, random) : body);
        boolean open = framing == 0 && !empty;
        return new GeneratedReply(method, status, body, text.toString(), open, !open && !old && !close);
    }

    private static String body(SplittableRandom random) {
        int length = random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(300);
        StringBuilder body = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            body.append((char) random.nextInt(256));
        }
        return body.toString();
    }

    private static String chunks(String body, SplittableRandom random) {
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < body.length(); ) {
            int size = Math.min(body.length() - at, 1 + random.nextInt(random.nextBoolean() ? 20 : 12_000));
            chunks.append("0".repeat(random.nextInt(3)));
            chunks.append(random.nextBoolean() ? Integer.toHexString(size) : "%X".formatted(size));
            chunks.append(random.nextInt(5) == 0 ? ";name=\"value\"" : "").append("\r\n");
            chunks.append(body, at, at + size).append("\r\n");
            at += size;
        }
        return chunks + "0\r\n" + (random.nextInt(4) == 0 ? "Trailer: 1\r\n" : "") + "\r\n";
    }

    byte[] bytes() {
        return text.getBytes(ISO_8859_1);
    }

    /** {@return the bytes in pieces: whole, a few, or one by one} */
    static List<byte[]> cut(byte[] bytes, SplittableRandom random) {
        int longest = new int[] {1, 3, 50, 2000, 100_000}[random.nextInt(5)];
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int size = Math.min(bytes.length - at, 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(bytes, at, at + size));
            at += size;
        }
        return pieces;
    }

    /** {@return the bytes with something changed, missing, doubled or added, mostly near the head} */
    static byte[] mutate(byte[] bytes, SplittableRandom random) {
        StringBuilder text = new StringBuilder(new String(bytes, ISO_8859_1));
        for (int i = 1 + random.nextInt(3); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(random.nextInt(4) == 0 ? text.length() : Math.min(text.length(), 150));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(10)));
                case 2 -> text.insert(at, SPICE[random.nextInt(SPICE.length)]);
                case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(60))));
                default -> text.setLength(at);
            }
        }
        return text.toString().getBytes(ISO_8859_1);
    }
}
