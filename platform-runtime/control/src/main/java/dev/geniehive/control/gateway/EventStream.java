package dev.geniehive.control.gateway;

import dev.geniehive.api.model.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server-sent events of a reply, passed on byte for byte and event by event, and honest about their end: a stream
 * that stops without its {@code [DONE]}, or says that it failed, throws instead of ending.
 *
 * <p>Bytes are handed out up to the end of the last complete event; the start of the next is held back until the rest of
 * it is there (or until it is larger than the buffer), so that a stream that breaks can still be ended properly.
 */
final class EventStream extends InputStream implements Ending {
    /** For one event; larger ones are passed on in parts. */
    private static final int MOST_BUFFER_BYTES = 64 * 1024;

    /** For as much as is read at once. */
    private static final int READ_BYTES = 16 * 1024;

    /** For those many who send a token at a time. */
    private static final int FIRST_BUFFER_BYTES = 1024;

    private final InputStream in;
    private final String service;
    private final SseScan scan = new SseScan();
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int start;
    private int ready;
    private int scanned;
    private int limit;
    private boolean filled;
    private boolean done;
    private boolean cut;
    private @Nullable UpstreamException failure;

    /** What a stream begins with. */
    sealed interface First {
        /** A data event. */
        record Data() implements First {}

        /** Something that is no answer: an error event, a bare end, or nothing at all. */
        record None(UpstreamException why) implements First {}
    }

    EventStream(InputStream in, String service) {
        this.in = in;
        this.service = service;
    }

    /** Waits for the first data event. Nothing is taken away: it is read from this stream like all others. */
    First first() {
        while (!scan.sawData() && !done && failure == null && !cut) {
            if (!fill()) {
                return new First.None(failed("it answered with an empty stream"));
            }
        }
        if (scan.sawData() || cut) {
            return new First.Data();
        }
        return new First.None(failure == null ? failed("it ended its stream without an answer") : failure);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        while (ready == start) {
            if (failure != null) {
                throw failure;
            }
            if (done) {
                return -1;
            }
            if (!fill()) {
                breakOff(failed("it ended its stream without [DONE]"));
            }
        }
        int count = Math.min(length, ready - start);
        System.arraycopy(buffer, start, into, offset, count);
        start += count;
        return count;
    }

    @Override
    public Optional<UpstreamException> broken() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean whole() {
        return done;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads once and finds the events in it. {@return false at the end of the stream} */
    private boolean fill() {
        makeRoom();
        if (limit == buffer.length) {
            ready = limit;
            cut = true;
            return true;
        }
        int count;
        try {
            count = in.read(buffer, limit, buffer.length - limit);
        } catch (IOException broken) {
            breakOff(new UpstreamException(
                    UpstreamException.Failure.BROKEN, true, "%s broke off: %s".formatted(service, broken), broken));
            return true;
        } catch (UpstreamException broken) {
            breakOff(broken);
            return true;
        }
        if (count < 0) {
            return false;
        }
        limit += count;
        filled = limit == buffer.length;
        findEvents();
        return true;
    }

    private void findEvents() {
        while (scanned < limit && !done && failure == null) {
            int end = scan.eventEnd(buffer, scanned, limit);
            if (end < 0) {
                scanned = limit;
                return;
            }
            scanned = end;
            switch (scan.kind()) {
                case ERROR -> breakOff(failed("it said: " + scan.errorMessage()));
                case DONE -> {
                    done = true;
                    ready = end;
                }
                case DATA, OTHER -> {
                    ready = end;
                    cut = false;
                }
            }
        }
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            ready -= start;
            scanned -= start;
            limit -= start;
            start = 0;
        }
        boolean full = limit == buffer.length && limit < MOST_BUFFER_BYTES;
        if (full || (filled && buffer.length < READ_BYTES)) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        filled = false;
    }

    /** An event of which a part was handed out already is ended, so that what is written next is not taken for its rest. */
    private void breakOff(UpstreamException why) {
        failure = why;
        if (cut) {
            buffer = new byte[] {'\n', '\n'};
            start = 0;
            ready = 2;
            limit = 2;
        }
    }

    private UpstreamException failed(String what) {
        return new UpstreamException(UpstreamException.Failure.BROKEN, true, "%s: %s".formatted(service, what));
    }
}
