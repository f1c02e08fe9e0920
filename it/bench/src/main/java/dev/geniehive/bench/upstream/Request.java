package dev.geniehive.bench.upstream;

import dev.geniehive.bench.wire.Body;
import dev.geniehive.bench.wire.BodySink;
import dev.geniehive.bench.wire.Head;
import dev.geniehive.bench.wire.Inlet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads requests of one connection; of a body it keeps the beginning. */
final class Request implements BodySink {
    private static final int KEPT = 4096;

    private final Head head = new Head();
    private final byte[] kept = new byte[KEPT];
    private int length;

    /** {@return whether there was one more} */
    boolean read(Inlet in) throws IOException {
        if (!in.more()) {
            return false;
        }
        head.read(in);
        length = 0;
        if (head.field("content-length").isPresent()
                || head.field("transfer-encoding").isPresent()) {
            Body.read(head, in, this);
        }
        return true;
    }

    @Override
    public void take(byte[] buffer, int offset, int count, long arrivedNanos) {
        int more = Math.min(count, KEPT - length);
        System.arraycopy(buffer, offset, kept, length, more);
        length += more;
    }

    /** {@return method and path} */
    String line() {
        String line = head.startLine();
        return line.substring(0, Math.max(0, line.lastIndexOf(' ')));
    }

    boolean wantsStream() {
        String text = new String(kept, 0, length, StandardCharsets.ISO_8859_1);
        return text.contains("\"stream\":true") || text.contains("\"stream\": true");
    }

    Steering steering() {
        return Steering.of(kept, length).orElse(Steering.whole(8));
    }
}
