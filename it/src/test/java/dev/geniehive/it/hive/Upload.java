package dev.geniehive.it.hive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.geniehive.it.client.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A form as it goes over the wire. Its recording is noise of any size that is made while it is sent. */
final class Upload {
    static final String TYPE = "multipart/form-data; boundary=it-boundary-0123456789";

    private static final String LINE = "--it-boundary-0123456789";
    private static final byte[] NOISE = noise();

    private final List<Piece> pieces = new ArrayList<>();

    /**
     * A stretch of it.
     *
     * @param text sent as it is
     * @param noise so much noise after it
     */
    private record Piece(String text, long noise) {}

    private static byte[] noise() {
        byte[] noise = new byte[64 * 1024];
        new Random(5).nextBytes(noise);
        System.arraycopy("\r\n--it-boundary-012345678\r\n--\r\n".getBytes(UTF_8), 0, noise, 100, 31);
        return noise;
    }

    Upload field(String name, String value) {
        pieces.add(new Piece(
                LINE + "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(name, value), 0));
        return this;
    }

    Upload file(long bytes) {
        return file("file", "talk.wav", bytes);
    }

    Upload file(String name, String fileName, long bytes) {
        pieces.add(new Piece(
                LINE
                        + "\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: audio/wav\r\n\r\n"
                                .formatted(name, fileName),
                bytes));
        pieces.add(new Piece("\r\n", 0));
        return this;
    }

    /** A recording that holds these words. */
    Upload recording(String fileName, String words) {
        file("file", fileName, 0);
        pieces.add(pieces.size() - 1, new Piece(words, 0));
        return this;
    }

    private List<Piece> all() {
        List<Piece> all = new ArrayList<>(pieces);
        all.add(new Piece(LINE + "--\r\n", 0));
        return all;
    }

    long length() {
        return all().stream()
                .mapToLong(piece -> piece.text().getBytes(UTF_8).length + piece.noise())
                .sum();
    }

    /** Sends the head, and of the body so many bytes. */
    void send(RawClient client, String path, long most, String... headers) throws IOException {
        StringBuilder head =
                new StringBuilder("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\n".formatted(path, TYPE));
        Arrays.stream(headers).forEach(header -> head.append(header).append("\r\n"));
        client.send(
                head.append("Content-Length: %d\r\n\r\n".formatted(length())).toString());
        long left = most;
        for (Piece piece : all()) {
            byte[] text = piece.text().getBytes(UTF_8);
            client.send(Arrays.copyOf(text, (int) Math.min(left, text.length)));
            left -= Math.min(left, text.length);
            for (long rest = Math.min(left, piece.noise()); rest > 0; rest -= NOISE.length) {
                client.send(rest >= NOISE.length ? NOISE : Arrays.copyOf(NOISE, (int) rest));
            }
            left -= Math.min(left, piece.noise());
        }
    }

    /** Sends all of it on a connection of its own. {@return the answer} */
    Reply post(Launched hive, String path, String... headers) throws IOException {
        try (RawClient client = RawClient.connect(hive.port())) {
            send(client, path, Long.MAX_VALUE, headers);
            return Reply.of(client);
        }
    }

    /** {@return the digest of all of its bytes} */
    String digest() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (Piece piece : all()) {
            digest.update(piece.text().getBytes(UTF_8));
            for (long rest = piece.noise(); rest > 0; rest -= NOISE.length) {
                digest.update(NOISE, 0, (int) Math.min(rest, NOISE.length));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** {@return all of its bytes} */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Piece piece : all()) {
            out.writeBytes(piece.text().getBytes(UTF_8));
            for (long rest = piece.noise(); rest > 0; rest -= NOISE.length) {
                out.write(NOISE, 0, (int) Math.min(rest, NOISE.length));
            }
        }
        return out.toByteArray();
    }
}
