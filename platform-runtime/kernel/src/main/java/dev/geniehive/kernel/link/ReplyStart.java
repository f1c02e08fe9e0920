package dev.geniehive.kernel.link;

import dev.geniehive.api.model.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What {@link FrameType#HEAD} says.
 *
 * @param status from 200 to 599
 * @param headers those that are not between the node and its engine only
 */
record ReplyStart(int status, Headers headers) {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    static ReplyStart of(int status, Headers all) {
        List<Headers.Entry> kept = new ArrayList<>(all.entries().size());
        for (Headers.Entry entry : all.entries()) {
            if (!HOP_BY_HOP.contains(entry.name().toLowerCase(Locale.ROOT))) {
                kept.add(entry);
            }
        }
        return new ReplyStart(status, new Headers(kept));
    }

    byte[] payload() {
        return new PayloadWriter().number(status, 2).headers(headers).bytes(FrameType.HEAD);
    }

    static ReplyStart of(Frame frame) throws MalformedFrameException {
        PayloadReader in = new PayloadReader(frame.payload());
        int status = (int) in.number(2);
        Headers headers = in.headers();
        in.end();
        if (status < 200 || status > 599) {
            throw new MalformedFrameException("a reply has the status %d".formatted(status));
        }
        return new ReplyStart(status, headers);
    }
}
