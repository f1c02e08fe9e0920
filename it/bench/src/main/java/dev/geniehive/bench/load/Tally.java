package dev.geniehive.bench.load;

import dev.geniehive.bench.measure.Failures;
import dev.geniehive.bench.measure.Times;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the clients of one measurement saw. Any number of threads may add. */
public final class Tally {
    private final Times answers = new Times();
    private final Times firstTokens = new Times();
    private final Times delays = new Times();
    private final Failures failures = new Failures();
    private final LongAdder chunks = new LongAdder();
    private final LongAdder merged = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicLong elapsedNanos = new AtomicLong();

    /** {@return from sending to the last byte; in the open loop from when it was to be sent} */
    public Times answers() {
        return answers;
    }

    /** {@return from sending to the first chunk} */
    public Times firstTokens() {
        return firstTokens;
    }

    /** {@return from the upstream's write of a chunk to the read that brought it} */
    public Times delays() {
        return delays;
    }

    public Failures failures() {
        return failures;
    }

    public long chunks() {
        return chunks.sum();
    }

    public long bytes() {
        return bytes.sum();
    }

    /** {@return how many of a hundred chunks came by the same read as the one before} */
    public double mergedPercent() {
        return chunks() == 0 ? 0 : 100.0 * merged.sum() / chunks();
    }

    public double perSecond(long things) {
        return things * 1e9 / Math.max(1, elapsedNanos.get());
    }

    void took(long nanos) {
        elapsedNanos.set(nanos);
    }

    void sawBytes(long count) {
        bytes.add(count);
    }

    void sawChunks(long count, long together) {
        chunks.add(count);
        merged.add(together);
    }
}
