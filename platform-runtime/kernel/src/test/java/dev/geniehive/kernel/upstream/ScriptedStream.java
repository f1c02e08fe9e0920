package dev.geniehive.kernel.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A stream in memory whose other side has said everything in advance, in pieces. */
final class ScriptedStream implements ByteStream {
    /** What comes after the last piece. */
    enum Ending {
        CLOSED,
        RESET,
        SILENT
    }

    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private final Ending ending;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int used;
    private boolean closed;
    private int reads;

    ScriptedStream(List<byte[]> pieces, Ending ending) {
        this.pieces.addAll(pieces);
        this.ending = ending;
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutMillis) throws IOException {
        reads++;
        byte[] piece = pieces.peek();
        if (closed) {
            throw new SocketException("closed");
        }
        if (piece == null) {
            return switch (ending) {
                case CLOSED -> -1;
                case RESET -> throw new SocketException("reset");
                case SILENT -> throw new SocketTimeoutException("silent");
            };
        }
        int count = Math.min(length, piece.length - used);
        System.arraycopy(piece, used, into, offset, count);
        used += count;
        if (used == piece.length) {
            pieces.remove();
            used = 0;
        }
        return count;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        written.write(from, offset, length);
    }

    @Override
    public boolean stale() {
        return !pieces.isEmpty() || ending != Ending.SILENT;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    int reads() {
        return reads;
    }
}
