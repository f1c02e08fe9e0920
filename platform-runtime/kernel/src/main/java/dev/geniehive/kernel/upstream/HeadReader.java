package dev.geniehive.kernel.upstream;

import dev.geniehive.kernel.app.Courtesy;
import dev.geniehive.kernel.app.Ticker;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Waits for the head of a reply, past interim ones. */
final class HeadReader {
    private static final int MAX_INTERIM = 16;

    /** While the request is still being sent its end is looked for so often. */
    private static final long WHILE_SENDING_NANOS = 500_000_000;

    private final Inbound in;
    private final Courtesy courtesy;
    private final Sending sending;
    private final Ticker ticker;
    private final long firstByteNanos;
    private final long idleNanos;
    private boolean started;
    private long startedAt;

    HeadReader(Connection connection, Sending sending, Ticker ticker, Duration firstByte, Duration idle) {
        this.in = connection.in();
        this.courtesy = connection.courtesy();
        this.sending = sending;
        this.ticker = ticker;
        this.firstByteNanos = firstByte.toNanos();
        this.idleNanos = idle.toNanos();
    }

    /** @param method of the request */
    ReplyHead read(String method) throws IOException {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            HeadParser parser = new HeadParser(method);
            started = in.available() > 0;
            startedAt = ticker.nanos();
            if (!started) {
                courtesy.letOthersGo();
            }
            while (!parser.advance(in)) {
                more();
            }
            if (!parser.interim()) {
                return parser.head();
            }
        }
        throw new MalformedReplyException("there are more than %d interim replies".formatted(MAX_INTERIM));
    }

    /** {@return whether the head that is being read has begun to arrive} */
    boolean started() {
        return started;
    }

    /** The time for the first byte runs from the end of the request; a head that has begun may not trickle in. */
    private void more() throws IOException {
        for (; ; ) {
            boolean sent = sending.over();
            long left = started
                    ? startedAt + idleNanos - ticker.nanos()
                    : sent ? sending.overAt() + firstByteNanos - ticker.nanos() : firstByteNanos;
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            try {
                in.need((Math.min(left, sent || started ? left : WHILE_SENDING_NANOS) + 999_999) / 1_000_000);
                startedAt = started ? startedAt : ticker.nanos();
                started = true;
                return;
            } catch (SocketTimeoutException e) {
                if (sent || started) {
                    throw e;
                }
            }
        }
    }
}
