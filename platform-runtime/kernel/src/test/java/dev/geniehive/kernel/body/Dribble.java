package dev.geniehive.kernel.body;

import java.io.ByteArrayInputStream;
import java.util.random.RandomGenerator;

/** A stream that gives its bytes in portions of random size, as a network does. */
final class Dribble extends ByteArrayInputStream {
    private final RandomGenerator random;
    private final int most;

    Dribble(byte[] bytes, RandomGenerator random, int most) {
        super(bytes);
        this.random = random;
        this.most = most;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // one reader
    public int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, random.nextInt(1, most + 1)));
    }
}
