package dev.geniehive.control.events;

import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Progress;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.spi.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One watcher's connection: an answer that goes on for as long as the watcher listens. */
final class EventFeed extends InputStream implements Exchange, Reply {
    private static final byte[] HELLO = bytes(": the events of this hive follow\nretry: 2000\n\n");
    private static final byte[] STILL_HERE = bytes(": still here\n\n");

    private final EventLog log;
    private final Duration quiet;
    private long seen;
    private byte[] pending = HELLO;
    private int used;
    private volatile boolean closed;

    /**
     * @param after the number of the last event that the watcher saw; -1 if what it saw is not known here
     * @param quiet after so long without an event a comment is sent, so that proxies keep the connection
     */
    EventFeed(EventLog log, long after, Duration quiet) {
        this.log = log;
        this.quiet = quiet;
        this.seen = Math.max(after, 0);
        if (after < 0) {
            pending = bytes(
                    new String(HELLO, StandardCharsets.UTF_8)
                            + lost(
                                    "The last event that you saw is not known here, for example since this is another process."));
        }
    }

    @Override
    public Progress await(Duration atMost) {
        return new Progress.Answered(this, Headers.NONE);
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public Headers headers() {
        return Headers.of("content-type", EventDialect.TYPE);
    }

    @Override
    public InputStream body() {
        return this;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (used == pending.length && !refill()) {
            return -1;
        }
        int count = Math.min(length, pending.length - used);
        System.arraycopy(pending, used, into, offset, count);
        used += count;
        return count;
    }

    @Override
    public void close() {
        closed = true;
    }

    private boolean refill() throws IOException {
        EventLog.News news;
        try {
            news = log.after(seen, quiet);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the watcher is gone");
        }
        if (closed || (news.closed() && news.events().isEmpty())) {
            return false;
        }
        pending = text(news);
        used = 0;
        return true;
    }

    private byte[] text(EventLog.News news) {
        if (news.events().isEmpty()) {
            return STILL_HERE;
        }
        StringBuilder text = new StringBuilder();
        if (news.missed() > 0) {
            text.append(lost("%d events came in between that are not kept any more.".formatted(news.missed())));
        }
        news.events().forEach(event -> text.append(new String(event.line(), StandardCharsets.UTF_8)));
        seen = news.events().getLast().number();
        return bytes(text.toString());
    }

    private static String lost(String why) {
        return "event: missed\ndata: {\"kind\":\"missed\",\"message\":\"%s See GET /v1/cluster/hosts for what is.\"}\n\n"
                .formatted(why);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
