package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Held;
import dev.geniehive.bench.measure.Heap;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.HiveLink;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.subject.Subject;
import dev.geniehive.bench.upstream.Steering;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * What many open streams weigh, at a chunk every five seconds.
 *
 * @param streams how many
 */
record OpenStreams(int streams) implements Row {
    /** A node takes no more at once through its link. */
    private static final int MOST_OF_A_LINK = 1000;

    private static final int WHEN_QUICK = 200;
    private static final int CHUNKS = 1000;
    private static final long PACE_MICROS = 5_000_000;
    private static final long SPARE_FILES = 1000;
    private static final double KIB = 1024;
    private static final double MIB = 1024 * KIB;

    @Override
    public String name() {
        return "open-" + streams;
    }

    @Override
    public String says() {
        return "%,d open streams at a chunk every 5 s: memory of a newly started process, with the heap after a full collection"
                .formatted(streams);
    }

    @Override
    public boolean fits(Subject subject) {
        return subject.startsAnew() && (streams <= MOST_OF_A_LINK || !(subject instanceof HiveLink));
    }

    @Override
    public boolean wantsFresh() {
        return true;
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws IOException, InterruptedException {
        long possible = (conditions.openFiles() - SPARE_FILES) / 2;
        int count = (int) Math.min(conditions.smaller(streams, WHEN_QUICK), possible);
        byte[] request = subject.target().chat(Steering.stream(CHUNKS, PACE_MICROS, Shape.CHUNK_BYTES), true, 0);
        long heapBefore = heap(subject);
        long residentBefore = subject.processes().residentBytes();
        try (Held held = Held.open(subject.target(), request, count)) {
            long resident = subject.processes().residentBytes();
            long heap = heap(subject);
            Sample sample = Sample.of(held.failures())
                    .with("streams", "n", count)
                    .with("resident", "MiB", resident / MIB)
                    .with("resident per stream", "KiB", (resident - residentBefore) / KIB / count);
            return heap == 0
                    ? sample
                    : sample.with("heap", "MiB", heap / MIB)
                            .with("heap per stream", "KiB", (heap - heapBefore) / KIB / count);
        }
    }

    private static long heap(Running subject) throws InterruptedException {
        long bytes = 0;
        for (long pid : subject.children().values()) {
            OptionalLong heap = Heap.liveBytes(pid);
            bytes += heap.orElse(0);
        }
        return bytes;
    }
}
