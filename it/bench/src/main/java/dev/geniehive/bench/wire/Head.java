package dev.geniehive.bench.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The head of a request or an answer, up to 32 KiB; used again for the next one. */
public final class Head {
    private static final int MAX_BYTES = 32 * 1024;

    private final byte[] bytes = new byte[MAX_BYTES];
    private int length;

    /** Reads one, with the empty line that ends it. */
    public void read(Inlet in) throws IOException {
        length = 0;
        while (!ended()) {
            if (length == MAX_BYTES) {
                throw new MalformedException("a head of more than %d bytes".formatted(MAX_BYTES));
            }
            bytes[length++] = (byte) in.next();
        }
    }

    /** {@return the first line, without its end} */
    public String startLine() {
        return text(0, lineEnd(0));
    }

    /** {@return the status of an answer} */
    int status() throws MalformedException {
        int end = lineEnd(0);
        if (end < 12 || !text(0, 9).equals("HTTP/1.1 ")) {
            throw new MalformedException("no status line of HTTP/1.1: '%s'".formatted(text(0, Math.min(end, 40))));
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw new MalformedException("a status line without a status: '%s'".formatted(text(0, end)));
            }
            status = status * 10 + bytes[i] - '0';
        }
        return status;
    }

    /**
     * {@return the value of a field, the first if there are several}
     *
     * @param name in lower case
     */
    public Optional<String> field(String name) {
        for (int start = lineEnd(0) + 2; start < length - 2; start = lineEnd(start) + 2) {
            if (isNamed(start, name)) {
                return Optional.of(
                        text(start + name.length() + 1, lineEnd(start)).strip());
            }
        }
        return Optional.empty();
    }

    private boolean isNamed(int start, String name) {
        if (start + name.length() >= length || bytes[start + name.length()] != ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase(bytes[start + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean ended() {
        return length >= 4
                && bytes[length - 1] == '\n'
                && bytes[length - 2] == '\r'
                && bytes[length - 3] == '\n'
                && bytes[length - 4] == '\r';
    }

    private int lineEnd(int start) {
        int end = start;
        while (bytes[end] != '\r') {
            end++;
        }
        return end;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
