package dev.geniehive.kernel.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** The body of a request as it comes in frames. Used by one thread. */
final class InboxStream extends InputStream {
    private final Inbox inbox;
    private final byte[] one = new byte[1];
    private byte[] data = Frame.NOTHING;
    private int position;
    private boolean ended;

    InboxStream(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == data.length) {
            if (ended || next() == null) {
                return -1;
            }
        }
        int count = Math.min(length, data.length - position);
        System.arraycopy(data, position, into, offset, count);
        position += count;
        return count;
    }

    private @Nullable Frame next() throws IOException {
        try {
            Frame frame = inbox.poll(Long.MAX_VALUE);
            ended = frame == null || frame.type() == FrameType.END;
            data = frame == null ? Frame.NOTHING : frame.payload();
            position = 0;
            return ended ? null : frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("told to stop");
        }
    }
}
