package dev.geniehive.plugin.openai;

import dev.geniehive.api.model.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Passes a body on and keeps an eye on it: its first and its last bytes, where engines put {@code usage}, and how many
 * events went by. Nothing is parsed while it flows.
 */
final class UsageStream extends InputStream {
    private static final int HEAD_BYTES = 1024;
    private static final int TAIL_BYTES = 8192;
    private static final int FIRST_TAIL_BYTES = 512;

    /** What a data event of ours starts with, at the start of a line. {@code [DONE]} does not. */
    private static final byte[] EVENT = {'\n', 'd', 'a', 't', 'a', ':', ' ', '{'};

    private static final int SPACE = 6;

    private final InputStream body;
    /** Taken when the tail is full for the first time: until then it is the beginning, too. */
    private byte[] head = new byte[0];

    private byte[] tail = new byte[FIRST_TAIL_BYTES];
    private long seen;
    private long events;
    private int matched = 1;
    private Optional<Usage> reported = Optional.empty();

    /** How much had been seen when it was last searched. */
    private long reportedAt = -1;

    UsageStream(InputStream body) {
        this.body = body;
    }

    /** {@return the data events so far} */
    long events() {
        return events;
    }

    /** {@return the last usage that the engine told of, so far} */
    Optional<Usage> reported() {
        if (reportedAt != seen) {
            reported = search();
            reportedAt = seen;
        }
        return reported;
    }

    private Optional<Usage> search() {
        if (seen <= tail.length) {
            return UsageText.last(tail, (int) seen);
        }
        byte[] last = new byte[TAIL_BYTES];
        int oldest = (int) (seen % TAIL_BYTES);
        System.arraycopy(tail, oldest, last, 0, TAIL_BYTES - oldest);
        System.arraycopy(tail, 0, last, TAIL_BYTES - oldest, oldest);
        return UsageText.last(last, TAIL_BYTES).or(() -> UsageText.last(head, HEAD_BYTES));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = body.read(into, offset, length);
        if (count > 0) {
            keep(into, offset, count);
            count(into, offset, count);
            seen += count;
        }
        return count;
    }

    private void keep(byte[] from, int offset, int count) {
        if (seen <= TAIL_BYTES && seen + count > tail.length) {
            makeRoom(from, offset, count);
        }
        int kept = Math.min(count, TAIL_BYTES);
        int start = (int) ((seen + count - kept) % TAIL_BYTES);
        int first = Math.min(kept, TAIL_BYTES - start);
        int source = offset + count - kept;
        System.arraycopy(from, source, tail, start, first);
        System.arraycopy(from, source + first, tail, 0, kept - first);
    }

    private void makeRoom(byte[] from, int offset, int count) {
        int kept = (int) seen;
        if (kept + count > TAIL_BYTES) {
            head = Arrays.copyOf(tail, HEAD_BYTES);
            if (kept < HEAD_BYTES) {
                System.arraycopy(from, offset, head, kept, Math.min(count, HEAD_BYTES - kept));
            }
        }
        tail = tail.length < TAIL_BYTES ? Arrays.copyOf(tail, TAIL_BYTES) : tail;
    }

    private void count(byte[] bytes, int offset, int count) {
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (matched == 0) {
                while (b != '\n' && ++i < end) {
                    b = bytes[i];
                }
            } else if (b == '{' && matched == SPACE) {
                matched = EVENT.length - 1;
            }
            if (b == EVENT[matched]) {
                matched++;
            } else {
                matched = b == '\n' ? 1 : 0;
            }
            if (matched == EVENT.length) {
                events++;
                matched = 0;
            }
        }
    }

    @Override
    public int available() throws IOException {
        return body.available();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
