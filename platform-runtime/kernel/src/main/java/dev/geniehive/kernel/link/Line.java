package dev.geniehive.kernel.link;

import dev.geniehive.kernel.app.Courtesy;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.kernel.upstream.ByteStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection, as both ends see it: one thread reads, any write, and the {@link Minder} looks whether it still lives.
 */
final class Line implements Minder.Minded, AutoCloseable {
    /** A read without an end; a connection that is dead is closed. */
    private static final long FOREVER_MILLIS = Integer.MAX_VALUE;

    /** No limit on how long a write may block. */
    static final long PATIENT = Long.MAX_VALUE;

    private final ByteStream stream;
    private final Ticker ticker;
    private final Runnable heard;
    private final FrameReader reader;
    private final Courtesy courtesy;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean signalling = new AtomicBoolean();
    private final AtomicReference<@Nullable String> closed = new AtomicReference<>();
    /** When the write or read that runs now began; 0 if none runs. */
    private volatile long writingSince;

    private volatile long readingSince;
    private volatile long writtenAt;
    private volatile long writeNanos;
    /** When the ping that is not answered yet was written; 0 if there is none. */
    private volatile long pingedAt;

    private volatile long roundTripNanos;
    private volatile boolean writeTimedOut;

    /**
     * @param ahead bytes that have been read already
     * @param heard told when bytes came, on the reading thread
     */
    Line(ByteStream stream, byte[] ahead, long writeNanos, Ticker ticker, Runnable heard) {
        this.stream = stream;
        this.ticker = ticker;
        this.heard = heard;
        this.writeNanos = writeNanos;
        this.writtenAt = ticker.nanos();
        this.courtesy = new Courtesy(ticker);
        this.reader = new FrameReader(this::read, ahead);
    }

    private int read(byte[] into, int offset, int length) throws IOException {
        readingSince = ticker.nanos() | 1;
        courtesy.letOthersGoInTurns();
        try {
            int count = stream.read(into, offset, length, FOREVER_MILLIS);
            if (count > 0) {
                heard.run();
            }
            return count;
        } finally {
            readingSince = 0;
        }
    }

    /** {@return the next frame that is not about the connection itself; null at the end} */
    @Nullable
    Frame next() throws IOException {
        for (; ; ) {
            Frame frame = reader.next();
            if (frame == null || (frame.type() != FrameType.PING && frame.type() != FrameType.PONG)) {
                return frame;
            }
            if (frame.type() == FrameType.PING) {
                signal(FrameType.PONG);
            } else if (pingedAt != 0) {
                roundTripNanos = Math.max(1, ticker.nanos() - pingedAt);
                pingedAt = 0;
            }
        }
    }

    /** Says how long a write may block from now on. */
    void limitWrites(Duration limit) {
        writeNanos = limit.toNanos();
    }

    void write(FrameBuffer frames) throws IOException, InterruptedException {
        writing.lockInterruptibly();
        try {
            writeLocked(frames);
        } finally {
            writing.unlock();
        }
    }

    private void writeLocked(FrameBuffer frames) throws IOException {
        writingSince = ticker.nanos() | 1;
        try {
            stream.write(frames.bytes(), 0, frames.length());
        } finally {
            writtenAt = ticker.nanos();
            writingSince = 0;
        }
    }

    /** Sends a frame from another thread, unless somebody writes right now: then the other side hears of us anyway. */
    void signal(FrameType type) {
        if (writingSince == 0 && closed.get() == null && signalling.compareAndSet(false, true)) {
            Thread.ofVirtual().name("link-signal").start(() -> signalNow(type));
        }
    }

    private void signalNow(FrameType type) {
        try {
            if (writing.tryLock()) {
                try {
                    if (type == FrameType.PING) {
                        pingedAt = ticker.nanos() | 1;
                    }
                    writeLocked(FrameBuffer.of(type, Frame.NOTHING));
                } finally {
                    writing.unlock();
                }
            }
        } catch (IOException e) {
            close(LinkWords.reason(e));
        } finally {
            signalling.set(false);
        }
    }

    @Override
    public void check(long now, LinkSettings settings) {
        long writer = writingSince;
        long reader = readingSince;
        if (writer != 0 && now - writer > writeNanos) {
            writeTimedOut = true;
            close("it took no more bytes");
        } else if (reader != 0 && now - reader > settings.deadAfter().toNanos()) {
            close("nothing was heard for " + LinkWords.time(settings.deadAfter()));
        } else if (writer == 0 && now - writtenAt > quiet(settings)) {
            signal(FrameType.PING);
        }
    }

    /** Who has not measured the way there pings sooner: an answer to the other side's ping would put it off for ever. */
    private long quiet(LinkSettings settings) {
        long nanos = settings.pingAfter().toNanos();
        return roundTripNanos == 0 ? nanos / 2 : nanos;
    }

    /** {@return how long the last ping took to be answered; 0 if none was yet} */
    long roundTripNanos() {
        return roundTripNanos;
    }

    boolean writeTimedOut() {
        return writeTimedOut;
    }

    /** {@return why it was closed here; null if it was not} */
    @Nullable
    String closedBecause() {
        return closed.get();
    }

    /** Closes at once, from any thread. The first reason counts. */
    void close(String why) {
        closed.compareAndSet(null, why);
        stream.close();
    }

    @Override
    public void close() {
        close("it was closed");
    }
}
