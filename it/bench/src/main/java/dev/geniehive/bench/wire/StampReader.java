package dev.geniehive.bench.wire;

/**
 * Finds in a stream of chunks what time the upstream wrote into each, however the bytes were cut, and whether the stream
 * said that it was done. A stamp is {@code @t=} and {@value #DIGITS} digits.
 */
public final class StampReader implements BodySink {
    public static final String MARK = "@t=";
    public static final int DIGITS = 19;

    private final Stamps stamps;
    private final Needle mark = new Needle(MARK);
    private final Needle done = new Needle("[DONE]");
    private int digitsLeft;
    private long stamp;
    private boolean isDone;
    private long chunks;
    private long readsWithChunks;
    private long lastReadNanos;

    /** Told about each stamp. */
    @FunctionalInterface
    public interface Stamps {
        void at(long sentNanos, long arrivedNanos);
    }

    public StampReader(Stamps stamps) {
        this.stamps = stamps;
    }

    @Override
    public void take(byte[] buffer, int offset, int length, long arrivedNanos) {
        for (int i = offset; i < offset + length; i++) {
            byte next = buffer[i];
            if (digitsLeft > 0) {
                digit(next, arrivedNanos);
            } else if (mark.sees(next)) {
                digitsLeft = DIGITS;
                stamp = 0;
            } else if (done.sees(next)) {
                isDone = true;
            }
        }
    }

    /** {@return how many stamps came} */
    public long chunks() {
        return chunks;
    }

    /** {@return how many of them came by the same read as the one before} */
    public long merged() {
        return chunks - readsWithChunks;
    }

    /** {@return whether the stream said so} */
    public boolean isDone() {
        return isDone;
    }

    private void digit(byte next, long arrivedNanos) {
        if (next < '0' || next > '9') {
            digitsLeft = 0;
            return;
        }
        stamp = stamp * 10 + next - '0';
        if (--digitsLeft == 0) {
            if (chunks == 0 || arrivedNanos != lastReadNanos) {
                readsWithChunks++;
                lastReadNanos = arrivedNanos;
            }
            chunks++;
            stamps.at(stamp, arrivedNanos);
        }
    }
}
