package dev.geniehive.kernel.http;

import dev.geniehive.kernel.app.Courtesy;
import dev.geniehive.kernel.app.Ticker;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one client sends, and whether it is still there.
 *
 * <p>The connection's thread takes bytes with {@link #get()}. While it is busy with a request, a second thread may read
 * ahead: the end of the stream then means that the client is gone, and bytes are kept for the next request. Once started,
 * that thread stays in its read until something comes, because a read cannot be called off without closing the socket;
 * the connection's thread then waits for what it brings.
 */
final class Wire implements Supplier<byte[]> {
    /** The wire of the connection that the current thread serves. */
    static final ScopedValue<Wire> CURRENT = ScopedValue.newInstance();

    /** Where bytes come from: blocks, and returns null at the end. Empty means nothing, not even the end. */
    @FunctionalInterface
    interface Source {
        byte @Nullable [] read();
    }

    /** A client that sends more than this behind a running request is no longer watched: its bytes wait in the kernel. */
    private static final int MOST_AHEAD_BYTES = 64 << 10;

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Source source;
    private final GuardedWriter writer;
    private final Ticker ticker;
    private final Runnable begun;
    private final ReadPace pace;
    private final Courtesy courtesy;
    private final Deadline deadline;
    private final DataReader reader = DataReader.create(this);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private int aheadBytes;
    private boolean readingAhead;
    private boolean readingDirectly;
    private boolean ended;
    private volatile @Nullable Watch watch;
    private final AtomicReference<@Nullable Reminder> reminder = new AtomicReference<>();
    private volatile boolean closing;
    private volatile boolean lingering;
    private volatile boolean stopping;
    private volatile @Nullable Runnable upgraded;

    private record Watch(Thread busy, Runnable gone, long since) {}

    private record Reminder(Runnable told, long due, long interval) {}

    /** @param begun called at the beginning of each request; must be quick */
    Wire(Source source, DataWriter writer, EdgeTimeouts timeouts, Ticker ticker, Runnable begun) {
        this.source = source;
        this.ticker = ticker;
        this.begun = begun;
        this.pace = new ReadPace(timeouts, ticker);
        this.courtesy = new Courtesy(ticker);
        this.deadline = new Deadline(ticker);
        this.writer = new GuardedWriter(writer, deadline, timeouts.write());
    }

    /** {@return the one reader on top of this wire; it may hold bytes that were taken and not yet used} */
    DataReader reader() {
        return reader;
    }

    /** {@return the way to the client; a write that takes too long ends the connection} */
    DataWriter writer() {
        return writer;
    }

    /** {@return guards the connection's thread, whatever it is blocked in} */
    Deadline deadline() {
        return deadline;
    }

    ReadPace pace() {
        return pace;
    }

    /** {@return the next bytes, never empty} Ends the connection if the client is gone or too slow. */
    @Override
    public byte[] get() {
        if (isUpgraded()) {
            return next();
        }
        if (closing && pace.isBetweenRequests()) {
            throw new CloseConnectionException("the last answer said that it would be the last");
        }
        deadline.armUntil(pace.latest());
        try {
            byte[] bytes = next();
            pace.sawBytes();
            return bytes;
        } finally {
            deadline.disarm();
        }
    }

    private byte[] next() {
        lock.lock();
        try {
            while (ahead.isEmpty() && readingAhead) {
                arrived.await();
            }
            byte[] kept = ahead.poll();
            if (kept != null) {
                aheadBytes -= kept.length;
                return kept;
            }
            if (ended) {
                throw new CloseConnectionException("the client is gone");
            }
            readingDirectly = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("told to stop", e);
        } finally {
            lock.unlock();
        }
        return direct();
    }

    private byte[] direct() {
        if (pace.isBetweenRequests()) {
            courtesy.letOthersGoInTurns();
        }
        byte[] bytes = readOrNull();
        lock.lock();
        try {
            readingDirectly = false;
            ended = bytes == null;
        } finally {
            lock.unlock();
        }
        if (bytes == null) {
            throw new CloseConnectionException("the client is gone");
        }
        return bytes;
    }

    private byte @Nullable [] readOrNull() {
        try {
            byte[] bytes = source.read();
            while (bytes != null && bytes.length == 0) {
                bytes = source.read();
            }
            return bytes;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Says that the current thread is busy with a request from now on, and what to do if the client goes meanwhile. */
    void busy(Runnable gone, long now) {
        lock.lock();
        try {
            watch = new Watch(Thread.currentThread(), gone, now);
        } finally {
            lock.unlock();
        }
        begun.run();
    }

    /** {@return whether the watchdog has to come by often: a request runs, or what a client still sends is thrown away} */
    boolean needsWatching() {
        return watch != null || lingering || reminder.get() != null;
    }

    /** Says that nobody waits for the client any more. */
    void idle() {
        lock.lock();
        try {
            watch = null;
        } finally {
            lock.unlock();
        }
    }

    /** Starts to read ahead, if a request is running and nobody reads. */
    void watchNow() {
        lock.lock();
        try {
            startToWatch();
        } finally {
            lock.unlock();
        }
    }

    /** Starts to read ahead if a request has been running since before a moment. */
    void watchIfBusySince(long moment) {
        if (!isBusySince(moment)) {
            return;
        }
        lock.lock();
        try {
            if (isBusySince(moment)) {
                startToWatch();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isBusySince(long moment) {
        Watch now = watch;
        return now != null && now.since() - moment <= 0;
    }

    /** {@return whether the client has been seen to go} */
    boolean isGone() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Has a thread of its own do something again and again, until it is no more to be reminded. */
    void remind(Runnable told, long intervalNanos) {
        reminder.set(new Reminder(told, ticker.nanos() + intervalNanos, intervalNanos));
    }

    void remindNoMore() {
        reminder.set(null);
    }

    /** By the watchdog: does what it is to be reminded of, if it is time. */
    void remindIfDue(long now) {
        Reminder due = reminder.get();
        if (due != null
                && now - due.due() >= 0
                && reminder.compareAndSet(due, new Reminder(due.told(), now + due.interval(), due.interval()))) {
            Thread.ofVirtual().name("waiting line").start(due.told());
        }
    }

    private void startToWatch() {
        Watch now = watch;
        if (now == null || readingAhead || readingDirectly || aheadBytes >= MOST_AHEAD_BYTES) {
            return;
        }
        if (ended) {
            tell(now);
        } else {
            readingAhead = true;
            Thread.ofVirtual().name("hang-up watch").start(this::readAhead);
        }
    }

    private void readAhead() {
        while (kept(readOrNull())) {}
    }

    /** {@return whether to go on} */
    private boolean kept(byte @Nullable [] bytes) {
        lock.lock();
        try {
            Watch now = watch;
            if (bytes == null) {
                ended = true;
                if (now != null) {
                    tell(now);
                }
            } else {
                ahead.add(bytes);
                aheadBytes += bytes.length;
            }
            readingAhead = bytes != null && now != null && aheadBytes < MOST_AHEAD_BYTES;
            arrived.signalAll();
            return readingAhead;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the running request's exchange away, since the server stops: the thread that waits for it is not interrupted,
     * and still has a moment to tell the client.
     */
    void stop() {
        closing = true;
        stopping = true;
        lock.lock();
        try {
            if (watch != null) {
                Thread.ofVirtual().name("last words").start(watch.gone());
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether the running request is not to be finished} */
    boolean isStopping() {
        return stopping;
    }

    /** Under the lock, so that a thread that went idle is never interrupted. What the exchange does, it does elsewhere. */
    private void tell(Watch whom) {
        watch = null;
        whom.busy().interrupt();
        Thread.ofVirtual().name("hang-up").start(whom.gone());
    }

    /** Gives the connection up to another protocol: no deadlines from now on, no hang-up watch. */
    void upgraded(Runnable close) {
        upgraded = close;
    }

    boolean isUpgraded() {
        return upgraded != null;
    }

    /** Ends a connection that speaks another protocol. */
    void closeUpgraded() {
        Runnable close = upgraded;
        if (close != null) {
            close.run();
        }
    }

    /** Holds back what is written, so that a head and the first bytes of its body go out together. */
    void holdBack() {
        writer.holdBack();
    }

    /** Writes what was held back. */
    void letGo() {
        writer.letGo();
    }

    /** Tells the client to send the body that it announced. */
    void writeContinue() {
        writer.writeNow(BufferData.create(CONTINUE));
    }

    /** Makes the running request the last one on this connection. */
    void closeAfterThis() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** Has the connection wait a little for the client to take the answer in, since it may still be sending. */
    void lingerAfterThis() {
        closing = true;
        lingering = true;
    }

    /** Throws away what the client still sends, for a short time, so that a reset does not overtake the answer. */
    void linger(long until) {
        if (!lingering || Thread.currentThread().isInterrupted()) {
            return;
        }
        pace.lingering(until);
        try {
            while (get().length > 0) {}
        } catch (CloseConnectionException e) {
            Thread.interrupted();
        }
    }
}
