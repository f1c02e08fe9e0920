package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.measure.Processes;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.upstream.Steering;
import java.time.Duration;

/**
 * Streams at 50 chunks a second each, side by side.
 *
 * @param clients how many
 */
record Streams(int clients) implements Row {
    private static final int WHEN_QUICK = 100;

    /** Chunks of a stream where there is one at a time: so that there are first tokens enough to tell. */
    private static final int SHORT = 10;

    private static final Duration ALL_BEGUN = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "stream-" + clients;
    }

    @Override
    public String says() {
        return "%s at a chunk every 20 ms: first token, delay of each chunk, chunks that came merged"
                .formatted(
                        clients == 1
                                ? "Streams of %d chunks, one after another,".formatted(SHORT)
                                : "%,d streams".formatted(clients));
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws InterruptedException {
        int chunks =
                clients == 1 ? SHORT : (int) Math.max(SHORT, conditions.time().toMillis() * 1000 / Shape.PACE_MICROS);
        byte[] request = subject.target().chat(Steering.stream(chunks, Shape.PACE_MICROS, Shape.CHUNK_BYTES), true, 0);
        int count = conditions.smaller(clients, WHEN_QUICK);
        Processes processes = subject.processes();
        long cpu = processes.cpuMicros();
        Tally tally = count == 1
                ? Load.closedStreams(subject.target(), request, chunks, 1, conditions.time())
                : Load.streams(subject.target(), request, chunks, count, ALL_BEGUN);
        long used = processes.cpuMicros() - cpu;
        return Sample.of(tally.failures())
                .with("streams", "n", count)
                .with("first token p10", "µs", tally.firstTokens().micros(10))
                .with("first token p50", "µs", tally.firstTokens().micros(50))
                .with("first token p99", "µs", tally.firstTokens().micros(99))
                .with("chunk delay p50", "µs", tally.delays().micros(50))
                .with("chunk delay p99", "µs", tally.delays().micros(99))
                .with("merged", "%", tally.mergedPercent())
                .withCpu("CPU per chunk", processes, used, tally.chunks());
    }
}
