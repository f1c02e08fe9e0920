package dev.geniehive.kernel.upstream;

import org.jspecify.annotations.Nullable;

/** A body in chunks. Extensions are skipped, trailers are checked and dropped. */
final class ChunkedFraming implements Framing {
    /** For a size and its extensions. */
    private static final int MAX_LINE_BYTES = 1024;
    /** So that no size overflows. */
    private static final int MAX_DIGITS = 15;

    private enum Part {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS,
        END
    }

    private final Lines lines = new Lines();
    private final Fields trailers = new Fields(lines);
    private Part part = Part.SIZE;
    private long left;
    private @Nullable MalformedReplyException broken;

    /** Several chunks that have arrived are taken at once; what is broken behind them shows the next time. */
    @Override
    public int take(Inbound in, byte[] into, int offset, int length) throws MalformedReplyException {
        int taken = 0;
        if (broken != null) {
            throw broken;
        }
        while (part != Part.END && in.available() > 0) {
            if (part == Part.DATA) {
                if (taken == length) {
                    break;
                }
                int count = in.take(into, offset + taken, (int) Math.min(length - taken, left));
                passed(count);
                taken += count;
            } else if (!frame(in, taken)) {
                break;
            }
        }
        return taken;
    }

    private boolean frame(Inbound in, int taken) throws MalformedReplyException {
        try {
            frame(in);
            return true;
        } catch (MalformedReplyException e) {
            if (taken == 0) {
                throw e;
            }
            broken = e;
            return false;
        }
    }

    private void frame(Inbound in) throws MalformedReplyException {
        if (part == Part.TRAILERS) {
            if (trailers.advance(in)) {
                part = Part.END;
            }
        } else if (part == Part.DATA_END) {
            if (lines.next(in, 0)) {
                part = Part.SIZE;
            }
        } else if (lines.next(in, MAX_LINE_BYTES)) {
            left = size();
            part = left == 0 ? Part.TRAILERS : Part.DATA;
        }
    }

    private long size() throws MalformedReplyException {
        long size = 0;
        int at = 0;
        for (int digit; (digit = hex(lines.at(at))) >= 0; at++) {
            size = (size << 4) | digit;
        }
        if (at == 0 || at > MAX_DIGITS) {
            throw new MalformedReplyException("a chunk has no size of 1 to %d hex digits".formatted(MAX_DIGITS));
        }
        if (at == lines.length()) {
            return size;
        }
        while (Fields.isBlank(lines.at(at))) {
            at++;
        }
        if (lines.at(at) != ';') {
            throw new MalformedReplyException("something other than an extension follows the size of a chunk");
        }
        return size;
    }

    /** By hand, since {@link Character#digit} knows digits of many scripts. */
    private static int hex(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return c > 0 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    @Override
    public boolean ended() {
        return part == Part.END;
    }

    @Override
    public long ahead() {
        return part == Part.DATA ? left : 0;
    }

    @Override
    public void passed(int count) {
        left -= count;
        if (left == 0) {
            part = Part.DATA_END;
        }
    }
}
