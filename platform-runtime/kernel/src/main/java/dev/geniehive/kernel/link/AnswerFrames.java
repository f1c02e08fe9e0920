package dev.geniehive.kernel.link;

import dev.geniehive.api.host.UpstreamReply;
import java.io.IOException;
import java.io.InputStream;

/**
 * The frames of one answer. What is there already leaves in one write: the head with the bytes that came along with it, and
 * the end with the last of those whose number the engine told. Nothing is held back while the engine is waited for. Used
 * by one thread.
 */
final class AnswerFrames {
    private static final int MOST_DATA_BYTES = FrameType.DATA.maxBytes();

    /** An engine that sends a token at a time needs no more; one that fills it gets twice as much. */
    private static final int FIRST_DATA_BYTES = 1 << 10;

    private static final int FIRST_BYTES = 2 << 10;

    private final NodeLine line;
    private final FrameBuffer held = new FrameBuffer(FIRST_BYTES);
    private boolean headed;

    AnswerFrames(NodeLine line) {
        this.line = line;
    }

    /** {@return whether the answer has a head, so that it cannot be refused any more} */
    boolean headed() {
        return headed;
    }

    /** Passes an engine's reply on. The last of it may be left for {@link #last}. */
    void relay(UpstreamReply reply) throws IOException, InterruptedException {
        byte[] head = ReplyStart.of(reply.status(), reply.headers()).payload();
        headed = true;
        held.put(FrameType.HEAD, head, 0, head.length);
        long left = reply.headers().first("content-length").map(Long::parseLong).orElse(Long.MAX_VALUE);
        InputStream in = reply.body();
        byte[] data = new byte[(int) Math.min(Math.max(left, 1), FIRST_DATA_BYTES)];
        while (left > 0) {
            if (in.available() == 0 || held.length() >= MOST_DATA_BYTES) {
                flush();
            }
            int count = in.read(data);
            if (count < 0) {
                return;
            }
            if (count > 0) {
                held.put(FrameType.DATA, data, 0, count);
                left -= count;
            }
            if (count == data.length && count < MOST_DATA_BYTES) {
                data = new byte[Math.min(2 * count, MOST_DATA_BYTES)];
            }
        }
    }

    /** Writes the last frame, and what was left before it. */
    void last(Frame frame) throws IOException, InterruptedException {
        held.put(frame.type(), frame.payload(), 0, frame.payload().length);
        flush();
    }

    private void flush() throws IOException, InterruptedException {
        if (held.length() > 0) {
            line.write(held);
            held.clear();
        }
    }
}
