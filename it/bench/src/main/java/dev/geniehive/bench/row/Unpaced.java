package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.measure.Processes;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.upstream.Steering;

/** Streams as fast as they go. */
final class Unpaced implements Row {
    private static final int CLIENTS = 16;
    private static final int CHUNKS = 2000;

    @Override
    public String name() {
        return "unpaced-16";
    }

    @Override
    public String says() {
        return "16 clients, each reading streams of 2,000 chunks one after another, as fast as they come";
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws InterruptedException {
        byte[] request = subject.target().chat(Steering.stream(CHUNKS, 0, Shape.CHUNK_BYTES), true, 0);
        Processes processes = subject.processes();
        long cpu = processes.cpuMicros();
        Tally tally = Load.closedStreams(subject.target(), request, CHUNKS, CLIENTS, conditions.time());
        long used = processes.cpuMicros() - cpu;
        return Sample.of(tally.failures())
                .with("chunks", "1/s", tally.perSecond(tally.chunks()))
                .with("merged", "%", tally.mergedPercent())
                .withCpu("CPU per chunk", processes, used, tally.chunks());
    }
}
