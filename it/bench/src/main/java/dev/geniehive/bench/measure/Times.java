package dev.geniehive.bench.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;

/** How long things took, to three digits, from a nanosecond to two minutes. Any number of threads may add. */
public final class Times {
    private static final long MOST = TimeUnit.MINUTES.toNanos(2);

    private final AtomicHistogram histogram = new AtomicHistogram(MOST, 3);

    /** Adds one; what is longer than two minutes counts as that. */
    public void add(long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, MOST));
    }

    public long count() {
        return histogram.getTotalCount();
    }

    /** {@return what so many percent did not exceed, 0 if there were none} */
    public double micros(double percentile) {
        return count() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
