package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.measure.Processes;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.subject.Target;
import java.time.Duration;

/** Short chats that are not streamed: alone, in a crowd, or at a rate. */
final class Latency implements Row {
    private static final int MOST_AT_ONCE = 64;

    private final String name;
    private final String says;
    private final Way way;

    /** How requests follow each other. */
    @FunctionalInterface
    private interface Way {
        Tally put(Target target, byte[] request, Conditions conditions) throws InterruptedException;
    }

    private Latency(String name, String says, Way way) {
        this.name = name;
        this.says = says;
        this.way = way;
    }

    /** {@return a closed loop of so many clients} */
    static Latency closed(String name, String says, int clients) {
        return new Latency(
                name, says, (target, request, conditions) -> Load.closed(target, request, clients, conditions.time()));
    }

    /** {@return an open loop at half of the capacity} */
    static Latency atHalf(String name, String says) {
        return new Latency(
                name,
                says,
                (target, request, conditions) ->
                        Load.open(target, request, conditions.rate(), MOST_AT_ONCE, conditions.time()));
    }

    /** {@return one client that pauses before each request} */
    static Latency spaced(String name, String says, Duration pause) {
        return new Latency(
                name, says, (target, request, conditions) -> Load.spaced(target, request, pause, conditions.time()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String says() {
        return says;
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws InterruptedException {
        byte[] request = subject.target().chat(Shape.SHORT, false, 0);
        Processes processes = subject.processes();
        long cpu = processes.cpuMicros();
        Tally tally = way.put(subject.target(), request, conditions);
        long used = processes.cpuMicros() - cpu;
        long count = tally.answers().count();
        return Sample.of(tally.failures())
                .with("p10", "µs", tally.answers().micros(10))
                .with("p50", "µs", tally.answers().micros(50))
                .with("p99", "µs", tally.answers().micros(99))
                .with("requests", "1/s", tally.perSecond(count))
                .withCpu("CPU per request", processes, used, count);
    }
}
