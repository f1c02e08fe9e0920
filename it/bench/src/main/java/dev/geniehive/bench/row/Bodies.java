package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.measure.Processes;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.upstream.Steering;

/** Large requests and large answers, one client. */
final class Bodies implements Row {
    private static final int BYTES = 100_000_000;
    private static final int WHEN_QUICK = 10_000_000;

    @Override
    public String name() {
        return "body-100m";
    }

    @Override
    public String says() {
        return "A request of 100 MB, and an answer of 100 MB, one client each";
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws InterruptedException {
        int bytes = conditions.smaller(BYTES, WHEN_QUICK);
        Processes processes = subject.processes();
        byte[] large = subject.target().chat(Shape.SHORT, false, bytes);
        long cpu = processes.cpuMicros();
        Tally up = Load.closed(subject.target(), large, 1, conditions.time());
        long cpuUp = processes.cpuMicros() - cpu;
        byte[] small = subject.target().chat(Steering.whole(bytes), false, 0);
        Tally down = Load.closed(subject.target(), small, 1, conditions.time());
        long cpuDown = processes.cpuMicros() - cpu - cpuUp;
        double megabytes = bytes / 1e6;
        down.failures().addAll(up.failures());
        return Sample.of(down.failures())
                .with("request", "MB/s", up.perSecond(up.answers().count()) * megabytes)
                .with("answer", "MB/s", down.perSecond(down.answers().count()) * megabytes)
                .withCpu("CPU per MB of request", processes, cpuUp, (long)
                        (up.answers().count() * megabytes))
                .withCpu("CPU per MB of answer", processes, cpuDown, (long)
                        (down.answers().count() * megabytes));
    }
}
