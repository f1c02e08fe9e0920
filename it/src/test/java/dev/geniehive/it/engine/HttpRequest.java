package dev.geniehive.it.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request as it was sent. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record HttpRequest(String method, String target, List<String> headers, byte[] body) {
    /** What is told of a body that was not kept: its digest. */
    static final String DIGEST = "X-Fake-Sha256";

    /**
     * {@return the next request of a connection, empty if the client is gone instead}
     *
     * @param keepBytes of a larger body, only so many bytes at its start and at its end are kept, and its digest
     */
    static Optional<HttpRequest> read(Inlet in, int keepBytes) throws IOException, InterruptedException {
        String start = line(in);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        String[] words = start.split(" ", 3);
        if (words.length < 3) {
            throw new IOException("no request line");
        }
        List<String> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            headers.add(line);
        }
        HttpRequest head = new HttpRequest(words[0], words[1], headers, new byte[0]);
        byte[] body = head.readBody(in, keepBytes);
        return Optional.of(new HttpRequest(words[0], words[1], List.copyOf(headers), body));
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    Optional<String> header(String name) {
        String prefix = name + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    String text() {
        return new String(body, UTF_8);
    }

    private byte[] readBody(Inlet in, int keepBytes) throws IOException, InterruptedException {
        if (header("transfer-encoding")
                .filter(v -> v.equalsIgnoreCase("chunked"))
                .isEmpty()) {
            long length = Long.parseLong(header("content-length").orElse("0"));
            return keepBytes >= 0 && length > 2L * keepBytes
                    ? edges(in, length, keepBytes)
                    : exactly(in, Math.toIntExact(length));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
            all.writeBytes(exactly(in, size));
            line(in);
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }

    private byte[] edges(Inlet in, long length, int keepBytes) throws IOException, InterruptedException {
        MessageDigest digest = sha256();
        byte[] kept = new byte[2 * keepBytes];
        byte[] buffer = new byte[64 * 1024];
        for (long at = 0; at < length; ) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, length - at));
            if (count < 0) {
                throw new EOFException("the body broke off");
            }
            digest.update(buffer, 0, count);
            for (int i = 0; i < count && (at < keepBytes || length - at - count < keepBytes); i++) {
                long place = at + i;
                long fromEnd = length - place;
                if (place < keepBytes) {
                    kept[(int) place] = buffer[i];
                } else if (fromEnd <= keepBytes) {
                    kept[(int) (kept.length - fromEnd)] = buffer[i];
                }
            }
            at += count;
        }
        headers.add(DIGEST + ": " + HexFormat.of().formatHex(digest.digest()));
        return kept;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] exactly(Inlet in, int size) throws IOException, InterruptedException {
        byte[] bytes = new byte[size];
        for (int at = 0; at < size; ) {
            int count = in.read(bytes, at, size - at);
            if (count < 0) {
                throw new EOFException("the body broke off");
            }
            at += count;
        }
        return bytes;
    }

    private static String line(Inlet in) throws IOException, InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
