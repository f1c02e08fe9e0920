package dev.geniehive.kernel.http;

import java.util.concurrent.ThreadLocalRandom;

/** The ids that tie an answer to the log. They are no secrets. */
final class RequestIds {
    static final String HEADER = "x-request-id";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int LONGEST = 128;

    private RequestIds() {}

    /** {@return the client's own id if it is a sane one, else a new one} */
    static String orNew(String fromClient) {
        return sane(fromClient) ? fromClient : fresh();
    }

    static String fresh() {
        StringBuilder id = new StringBuilder(28).append("req_");
        for (int word = 0; word < 3; word++) {
            long random = ThreadLocalRandom.current().nextLong();
            for (int i = 0; i < 8; i++) {
                id.append(ALPHABET.charAt((int) (random >>> (6 * i)) & 63));
            }
        }
        return id.toString();
    }

    private static boolean sane(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
