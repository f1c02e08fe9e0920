package dev.geniehive.kernel.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The bytes of a body, with its splices in their places. Used by one thread. */
final class BodyStream extends InputStream {
    private final InputStream origin;
    private final List<Splice> splices;
    private final BooleanSupplier ended;
    private int next;
    private int spliced;
    private long position;

    /**
     * @param origin the bytes as they were sent
     * @param splices in the order of their places, none touching another
     * @param ended whether the body was closed
     */
    BodyStream(InputStream origin, List<Splice> splices, BooleanSupplier ended) {
        this.origin = origin;
        this.splices = splices;
        this.ended = ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (ended.getAsBoolean()) {
            throw new IOException("The request that this body came with has ended.");
        }
        if (length == 0) {
            return 0;
        }
        if (next < splices.size() && position == splices.get(next).from()) {
            int copied = copySplice(splices.get(next), into, offset, length);
            if (copied > 0) {
                return copied;
            }
        }
        long untilSplice = next < splices.size() ? splices.get(next).from() - position : Long.MAX_VALUE;
        int read = origin.read(into, offset, (int) Math.min(length, untilSplice));
        position += Math.max(0, read);
        return read;
    }

    private int copySplice(Splice splice, byte[] into, int offset, int length) throws IOException {
        int copied = Math.min(length, splice.with().length - spliced);
        System.arraycopy(splice.with(), spliced, into, offset, copied);
        spliced += copied;
        if (spliced == splice.with().length) {
            origin.skipNBytes(splice.to() - splice.from());
            position = splice.to();
            next++;
            spliced = 0;
        }
        return copied;
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
