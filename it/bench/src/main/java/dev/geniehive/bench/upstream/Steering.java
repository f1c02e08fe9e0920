package dev.geniehive.bench.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a request wants of the paced upstream. It stands in the request as a field {@code "bench"} of its own, which
 * gateways that keep unknown fields pass on; where it is missing, the same words in the first message count.
 *
 * @param chunks how many pieces a streamed answer has
 * @param paceMicros from one chunk to the next, 0 as fast as they are taken
 * @param bytes of text in each chunk, or in an answer that is not streamed
 * @param id 0, or a number by which to ask later when the connection was closed
 */
public record Steering(int chunks, long paceMicros, int bytes, long id) {
    private static final String FIELD = "bench";

    public Steering {
        if (chunks < 1 || paceMicros < 0 || bytes < 0 || id < 0) {
            throw new IllegalArgumentException("neither so few nor backwards: %d chunks, %d µs, %d bytes, id %d"
                    .formatted(chunks, paceMicros, bytes, id));
        }
    }

    /** {@return an answer of so many bytes at once} */
    public static Steering whole(int bytes) {
        return new Steering(1, 0, bytes, 0);
    }

    public static Steering stream(int chunks, long paceMicros, int bytes) {
        return new Steering(chunks, paceMicros, bytes, 0);
    }

    public Steering called(long number) {
        return new Steering(chunks, paceMicros, bytes, number);
    }

    /**
     * {@return a chat with it}
     *
     * @param padding further characters in the question
     */
    public String chat(String model, boolean stream, String padding) {
        return """
                {"model":"%s","stream":%s,"bench":{"chunks":%d,"pace_us":%d,"bytes":%d,"id":%d},\
                "messages":[{"role":"user","content":"bench chunks=%d pace_us=%d bytes=%d id=%d; Hello. %s"}]}""".formatted(model, stream, chunks, paceMicros, bytes, id, chunks, paceMicros, bytes, id, padding);
    }

    /** {@return what the beginning of a request says, if it says anything} */
    static Optional<Steering> of(byte[] request, int length) {
        String text = new String(request, 0, length, StandardCharsets.ISO_8859_1);
        int start = text.indexOf(FIELD + "\":{");
        if (start < 0) {
            start = text.indexOf(FIELD + " chunks=");
        }
        if (start < 0) {
            return Optional.empty();
        }
        return Optional.of(new Steering(
                (int) number(text, "chunks", start),
                number(text, "pace_us", start),
                (int) number(text, "bytes", start),
                number(text, "id", start)));
    }

    private static long number(String text, String name, int from) {
        int at = text.indexOf(name, from);
        if (at < 0) {
            return name.equals("chunks") ? 1 : 0;
        }
        int digit = at + name.length();
        while (digit < text.length() && "\":= ".indexOf(text.charAt(digit)) >= 0) {
            digit++;
        }
        long value = 0;
        for (; digit < text.length() && Character.isDigit(text.charAt(digit)); digit++) {
            value = value * 10 + text.charAt(digit) - '0';
        }
        return value;
    }
}
