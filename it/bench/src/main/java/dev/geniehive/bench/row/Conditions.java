package dev.geniehive.bench.row;

import dev.geniehive.bench.subject.UpstreamProcess;
import java.time.Duration;

/**
 * Under what a row is measured.
 *
 * @param time how long one subject is measured in one round, about
 * @param quick whether this is a try-out: rows with a size take a small one
 * @param rate requests per second that are half of what GenieHive can do, or the slowest subject where there is none
 * @param openFiles how many a process may have
 */
public record Conditions(Duration time, boolean quick, double rate, long openFiles, UpstreamProcess upstream) {
    int smaller(int size, int whenQuick) {
        return quick ? Math.min(size, whenQuick) : size;
    }
}
