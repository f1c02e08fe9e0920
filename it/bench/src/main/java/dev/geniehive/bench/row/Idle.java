package dev.geniehive.bench.row;

import dev.geniehive.bench.measure.Failures;
import dev.geniehive.bench.measure.Heap;
import dev.geniehive.bench.measure.Processes;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.subject.Subject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What a newly started process weighs and does when nobody asks for anything. */
final class Idle implements Row {
    private static final double MIB = 1024 * 1024;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String says() {
        return "Each process, newly started and asked for nothing: memory, heap after a full collection, CPU";
    }

    @Override
    public boolean fits(Subject subject) {
        return subject.startsAnew();
    }

    @Override
    public boolean aboutStarting() {
        return true;
    }

    @Override
    public boolean wantsFresh() {
        return true;
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws InterruptedException {
        Sample sample = Sample.of(new Failures());
        long cpu = subject.processes().cpuMicros();
        TimeUnit.NANOSECONDS.sleep(conditions.time().toNanos());
        double used = (subject.processes().cpuMicros() - cpu)
                / 10.0
                / conditions.time().toMillis();
        sample = sample.with("CPU", "%", used);
        for (Map.Entry<String, Long> child : subject.children().entrySet()) {
            long resident = Processes.of(List.of(child.getValue())).residentBytes();
            sample = sample.with("resident of " + child.getKey(), "MiB", resident / MIB);
            OptionalLong heap = Heap.liveBytes(child.getValue());
            if (heap.isPresent()) {
                sample = sample.with("heap of " + child.getKey(), "MiB", heap.getAsLong() / MIB);
            }
        }
        return sample;
    }
}
