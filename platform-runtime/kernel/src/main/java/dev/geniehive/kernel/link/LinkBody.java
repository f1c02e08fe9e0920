package dev.geniehive.kernel.link;

import dev.geniehive.api.model.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The body of a reply as it arrives. Read by one thread, closed by any. */
final class LinkBody extends InputStream {
    private final HubExchange exchange;
    private final LinkFailures failures;
    private final byte[] one = new byte[1];
    private byte[] data = Frame.NOTHING;
    private int position;
    private boolean begun;
    private boolean ended;
    private @Nullable UpstreamException failure;
    private volatile boolean closed;

    LinkBody(HubExchange exchange, LinkFailures failures) {
        this.exchange = exchange;
        this.failures = failures;
    }

    @Override
    public int read() {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into) {
        return read(into, 0, into.length);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (failure != null) {
            throw failure;
        }
        if (ended) {
            return -1;
        }
        if (closed) {
            throw failed(failures.cancelled());
        }
        if (length == 0) {
            return 0;
        }
        return position < data.length || more() ? copy(into, offset, length) : -1;
    }

    private int copy(byte[] into, int offset, int length) {
        int count = Math.min(length, data.length - position);
        System.arraycopy(data, position, into, offset, count);
        position += count;
        return count;
    }

    /** {@return whether there is more; if not, it is the end} */
    private boolean more() {
        try {
            Frame frame = exchange.inbox()
                    .poll((begun
                                    ? failures.timeouts().idle()
                                    : failures.timeouts().firstByte())
                            .toNanos());
            if (frame == null) {
                throw failed(closed ? failures.cancelled() : begun ? failures.idle() : failures.firstByte());
            }
            if (frame.type() == FrameType.ABORT) {
                throw failed(Refusal.of(frame).exception());
            }
            begun = true;
            ended = frame.type() == FrameType.END;
            data = frame.payload();
            position = 0;
            return !ended;
        } catch (MalformedFrameException e) {
            throw failed(failures.malformed(e));
        } catch (IOException e) {
            throw failed(closed ? failures.cancelled() : failures.brokeDuring(LinkWords.reason(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(failures.cancelled());
        }
    }

    private UpstreamException failed(UpstreamException found) {
        failure = found;
        exchange.abandon("the reply was given up here");
        return found;
    }

    /** Hangs up on the engine, unless all of the reply has come. */
    @Override
    public void close() {
        closed = true;
        exchange.abandon("the reply was closed here");
        exchange.broke("the reply was closed here");
    }
}
