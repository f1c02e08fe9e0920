package dev.geniehive.it.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request as it was sent. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record HttpRequest(String method, String target, List<String> headers, byte[] body) {
    /** {@return the next request of a connection, empty if the client is gone instead} */
    static Optional<HttpRequest> read(Inlet in) throws IOException, InterruptedException {
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
        HttpRequest head = new HttpRequest(words[0], words[1], List.copyOf(headers), new byte[0]);
        return Optional.of(new HttpRequest(words[0], words[1], head.headers, head.readBody(in)));
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

    private byte[] readBody(Inlet in) throws IOException, InterruptedException {
        if (header("transfer-encoding")
                .filter(v -> v.equalsIgnoreCase("chunked"))
                .isEmpty()) {
            return exactly(in, Integer.parseInt(header("content-length").orElse("0")));
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

    private static byte[] exactly(Inlet in, int size) throws IOException, InterruptedException {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the body broke off");
            }
            bytes[i] = (byte) c;
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
