package dev.geniehive.kernel.link;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.UpstreamReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** One request on its way to the head of its reply. Used once, by one thread. */
final class Asking {
    private static final int DATA_BYTES = FrameType.DATA.maxBytes();

    private final HubExchange exchange;
    private final byte[] head;
    private final LinkFailures failures;
    private final Line line;

    /** @param head an opening's payload */
    Asking(HubExchange exchange, byte[] head, LinkFailures failures) {
        this.exchange = exchange;
        this.head = head;
        this.failures = failures;
        this.line = exchange.line().line();
    }

    UpstreamReply run(Body body) throws InterruptedException, UnseenException {
        boolean settled = false;
        try {
            write(body);
            UpstreamReply reply = reply();
            settled = true;
            return reply;
        } finally {
            if (!settled) {
                exchange.abandon("the request was given up here");
            }
        }
    }

    private void write(Body body) throws InterruptedException, UnseenException {
        try {
            writeAll(body);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw interrupted(e);
            }
            if (line.writeTimedOut()) {
                throw failures.writeTimedOut();
            }
            if (exchange.line().isCut()) {
                throw failures.brokeBefore(true, exchange.line().closedBecause());
            }
            throw new UnseenException(LinkWords.reason(e));
        }
    }

    private static InterruptedException interrupted(IOException cause) {
        InterruptedException interrupted = new InterruptedException();
        interrupted.initCause(cause);
        return interrupted;
    }

    private void writeAll(Body body) throws IOException, InterruptedException {
        FrameBuffer frames = new FrameBuffer(head.length + 64 + (int) Math.min(body.length(), DATA_BYTES));
        frames.put(FrameType.OPEN, head, 0, head.length);
        if (body.length() > 0) {
            try (InputStream in = body.open()) {
                write(in, body.length(), frames);
            }
        }
        frames.put(FrameType.END, Frame.NOTHING, 0, 0);
        exchange.ending();
        line.write(frames);
        exchange.asked();
    }

    /** What is left in the buffer goes out with the end. */
    private void write(InputStream in, long length, FrameBuffer frames) throws IOException, InterruptedException {
        byte[] data = new byte[(int) Math.min(length, DATA_BYTES)];
        for (long left = length; left > 0 && !exchange.isRefused(); ) {
            int count = read(in, data, (int) Math.min(left, data.length));
            frames.put(FrameType.DATA, data, 0, count);
            left -= count;
            if (left > 0) {
                line.write(frames);
                frames.clear();
            }
        }
    }

    private int read(InputStream in, byte[] into, int length) {
        try {
            int count = in.readNBytes(into, 0, length);
            if (count < length) {
                throw new IllegalStateException("the body of a request is shorter than its length");
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException("the body of a request cannot be read", e);
        }
    }

    private UpstreamReply reply() throws InterruptedException {
        try {
            Frame frame = exchange.inbox().poll(failures.timeouts().firstByte().toNanos());
            if (frame == null) {
                throw failures.firstByte();
            }
            if (frame.type() == FrameType.REFUSED) {
                throw Refusal.of(frame).exception();
            }
            return new LinkReply(exchange, ReplyStart.of(frame), failures);
        } catch (MalformedFrameException e) {
            throw failures.malformed(e);
        } catch (IOException e) {
            throw line.writeTimedOut() ? failures.writeTimedOut() : failures.brokeBefore(true, LinkWords.reason(e));
        }
    }
}
