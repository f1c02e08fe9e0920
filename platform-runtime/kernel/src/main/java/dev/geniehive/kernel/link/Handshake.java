package dev.geniehive.kernel.link;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.model.JsonException;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.kernel.upstream.ByteStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a control plane to make a link of a fresh connection. Used once, by one thread. */
final class Handshake {
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final int MAX_BODY_BYTES = 16 << 10;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2})(?: [^\\r\\n]*)?");

    private final ByteStream stream;
    private final Ticker ticker;
    private final long until;
    private byte[] bytes = new byte[1024];
    private int length;

    Handshake(ByteStream stream, Duration timeout, Ticker ticker) {
        this.stream = stream;
        this.ticker = ticker;
        this.until = ticker.nanos() + timeout.toNanos();
    }

    /**
     * {@return bytes that came behind the answer: the first of the link's}
     *
     * @throws RefusedLinkException if the other side says no
     */
    byte[] shake(byte[] request) throws IOException {
        stream.write(request, 0, request.length);
        int end = endOfHead();
        while (end < 0) {
            if (length > MAX_HEAD_BYTES) {
                throw new RefusedLinkException("its answer has a head of more than 16 KiB");
            }
            if (!more()) {
                throw new EOFException("it closed the connection before it answered");
            }
            end = endOfHead();
        }
        String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        byte[] behind = Arrays.copyOfRange(bytes, end, length);
        check(head, behind);
        return behind;
    }

    private void check(String head, byte[] behind) throws IOException {
        String[] lines = head.split("\r\n", -1);
        Matcher status = STATUS_LINE.matcher(lines[0]);
        if (!status.matches()) {
            throw new RefusedLinkException("its answer is not HTTP/1.1");
        }
        if (!status.group(1).equals("101")) {
            throw new RefusedLinkException("it answered %s: %s".formatted(status.group(1), message(lines, behind)));
        }
        if (!header(lines, "upgrade").equalsIgnoreCase(ControlAddress.PROTOCOL)
                || !header(lines, "connection").toLowerCase(Locale.ROOT).contains("upgrade")) {
            throw new RefusedLinkException(
                    "it switched to another protocol than %s".formatted(ControlAddress.PROTOCOL));
        }
    }

    private static String header(String[] lines, String name) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }

    private String message(String[] lines, byte[] behind) throws IOException {
        String announced = header(lines, "content-length");
        int wanted = announced.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(announced), MAX_BODY_BYTES) : 0;
        int from = length - behind.length;
        while (length - from < wanted && more()) {}
        byte[] body = Arrays.copyOfRange(bytes, from, Math.min(length, from + wanted));
        return told(body).orElse("it gives no reason");
    }

    private static Optional<String> told(byte[] body) {
        try {
            return Json.parse(body).get("error").get("message").asString();
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private int endOfHead() {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean more() throws IOException {
        long left = (until - ticker.nanos()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("it did not answer in time");
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        int count = stream.read(bytes, length, bytes.length - length, left);
        length += Math.max(0, count);
        return count > 0;
    }
}
