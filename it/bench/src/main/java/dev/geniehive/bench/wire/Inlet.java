package dev.geniehive.bench.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The receiving end of a connection, with a buffer of its own. For one thread. */
public final class Inlet {
    private final InputStream in;
    private final byte[] buffer;
    private int position;
    private int limit;
    private long arrivedNanos;

    public Inlet(InputStream in, int bufferBytes) {
        this.in = in;
        this.buffer = new byte[bufferBytes];
    }

    /** {@return the next byte} @throws EOFException if there is none */
    int next() throws IOException {
        if (position == limit) {
            fill();
        }
        return buffer[position++] & 0xff;
    }

    /** {@return whether another byte comes before the connection ends; waits for it} */
    public boolean more() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = Math.max(0, in.read(buffer));
        arrivedNanos = System.nanoTime();
        return limit > 0;
    }

    /** {@return how many bytes are here that nobody has read} */
    public int buffered() {
        return limit - position;
    }

    /** Hands on exactly so many bytes, by the piece. */
    void pass(long length, BodySink sink) throws IOException {
        long left = length;
        while (left > 0) {
            if (position == limit) {
                fill();
            }
            int piece = (int) Math.min(left, limit - position);
            sink.take(buffer, position, piece, arrivedNanos);
            position += piece;
            left -= piece;
        }
    }

    private void fill() throws IOException {
        if (!more()) {
            throw new EOFException("the connection ended early");
        }
    }
}
