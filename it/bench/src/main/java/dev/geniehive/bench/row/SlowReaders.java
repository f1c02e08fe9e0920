package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.upstream.Steering;
import dev.geniehive.bench.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Clients that do not read: they must cost little memory, and nobody beside them time. */
final class SlowReaders implements Row {
    private static final int STREAMS = 64;
    private static final int WHEN_QUICK = 4;
    private static final int CHUNKS = 100_000;
    private static final int CHUNK_BYTES = 1024;
    private static final int NEIGHBOURS = 4;
    private static final double MIB = 1024 * 1024;

    @Override
    public String name() {
        return "slow-readers";
    }

    @Override
    public String says() {
        return "64 unpaced streams of 100 MB that nobody reads: memory that they take, and short chats of 4 clients beside them";
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws IOException, InterruptedException {
        byte[] stream = subject.target().chat(Steering.stream(CHUNKS, 0, CHUNK_BYTES), true, 0);
        byte[] chat = subject.target().chat(Shape.SHORT, false, 0);
        long before = subject.processes().residentBytes();
        List<Wire> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < conditions.smaller(STREAMS, WHEN_QUICK); i++) {
                Wire wire = subject.target().connectNarrow(Shape.CHUNK_BYTES);
                stuck.add(wire);
                wire.send(stream);
            }
            Tally beside = Load.closed(subject.target(), chat, NEIGHBOURS, conditions.time());
            long growth = subject.processes().residentBytes() - before;
            Sample sample = Sample.of(beside.failures())
                    .with("p50 beside", "µs", beside.answers().micros(50))
                    .with("p99 beside", "µs", beside.answers().micros(99));
            return subject.children().isEmpty() ? sample : sample.with("resident growth", "MiB", growth / MIB);
        } finally {
            stuck.forEach(Wire::close);
        }
    }
}
