package dev.geniehive.kernel.upstream;

import dev.geniehive.api.model.UpstreamException.Failure;
import dev.geniehive.kernel.app.Courtesy;
import dev.geniehive.kernel.app.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A live byte stream and what has arrived on it. Belongs to one request at a time, or to the pool. */
final class Connection {
    private final ByteStream stream;
    private final Inbound in;
    private final Ticker ticker;
    private final Courtesy courtesy;
    private final AtomicReference<@Nullable Failure> killed = new AtomicReference<>();
    /** When the write that runs now began; 0 if none runs. */
    private volatile long writingSince;

    private volatile long writeNanos;
    private boolean used;
    private long idleUntil;

    Connection(ByteStream stream, Ticker ticker) {
        this.stream = stream;
        this.in = new Inbound(stream);
        this.ticker = ticker;
        this.courtesy = new Courtesy(ticker);
    }

    /** Gets ready for a request. */
    void begin(Duration writeTimeout) {
        writeNanos = writeTimeout.toNanos();
        in.reset();
    }

    /** Gets ready to wait for the next request. */
    void rest(long until) {
        used = true;
        idleUntil = until;
    }

    /** {@return whether it has carried a request before, and so may have died since} */
    boolean used() {
        return used;
    }

    boolean expired(long now) {
        return now - idleUntil >= 0;
    }

    boolean stale() {
        return stream.stale();
    }

    Inbound in() {
        return in;
    }

    Courtesy courtesy() {
        return courtesy;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        writingSince = ticker.nanos() | 1;
        try {
            stream.write(bytes, offset, length);
        } finally {
            writingSince = 0;
        }
    }

    /** Called by the watchdog now and then. {@return whether somebody reads or writes} */
    boolean check(long now) {
        long since = writingSince;
        if (since != 0 && now - since > writeNanos) {
            kill(Failure.WRITE_TIMED_OUT);
        }
        return stream.check() || since != 0;
    }

    /** Ends whatever runs on it, from any thread. Whoever holds it still has to give it back. */
    void kill(Failure why) {
        killed.compareAndSet(null, why);
        stream.close();
    }

    /** {@return why it was killed, if it was} */
    @Nullable
    Failure killed() {
        return killed.get();
    }

    void close() {
        stream.close();
    }
}
