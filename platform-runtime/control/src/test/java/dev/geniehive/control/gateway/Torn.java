package dev.geniehive.control.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A text that comes in pieces of random size, and at its end breaks off or just ends. */
final class Torn extends InputStream {
    private final byte[] bytes;
    private final Random sizes;
    private final boolean breaks;
    private int at;

    private Torn(String text, Random sizes, boolean breaks) {
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.sizes = sizes;
        this.breaks = breaks;
    }

    static Torn ending(String text, long seed) {
        return new Torn(text, new Random(seed), false);
    }

    static Torn breaking(String text, long seed) {
        return new Torn(text, new Random(seed), true);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (at == bytes.length) {
            if (breaks) {
                throw new IOException("connection reset");
            }
            return -1;
        }
        int count = Math.min(Math.min(length, bytes.length - at), sizes.nextInt(1, 5_000));
        System.arraycopy(bytes, at, into, offset, count);
        at += count;
        return count;
    }
}
