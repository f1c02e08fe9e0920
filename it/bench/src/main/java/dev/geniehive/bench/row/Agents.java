package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Heartbeats;
import dev.geniehive.bench.measure.Processes;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.measure.Times;
import dev.geniehive.bench.subject.HiveLink;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.subject.Subject;
import dev.geniehive.bench.subject.Target;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A control plane with many nodes that have nothing new to say. */
final class Agents implements Row {
    private static final int AGENTS = 1000;
    private static final int WHEN_QUICK = 50;

    @Override
    public String name() {
        return "agents-1000";
    }

    @Override
    public String says() {
        return "1,000 simulated agents, each with a heartbeat a second: CPU of the control plane, and how late answers are";
    }

    @Override
    public boolean fits(Subject subject) {
        return subject instanceof HiveLink;
    }

    @Override
    public boolean wantsFresh() {
        return true;
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws IOException, InterruptedException {
        Target operator = subject.operator().orElseThrow(() -> new IOException("There is no control plane here."));
        int count = conditions.smaller(AGENTS, WHEN_QUICK);
        Heartbeats heartbeats = Heartbeats.join(operator, count);
        Processes control = Processes.of(List.of(
                Objects.requireNonNull(subject.children().get(HiveLink.CONTROL), "a control plane without a process")));
        long cpu = control.cpuMicros();
        long before = System.nanoTime();
        heartbeats.send(conditions.time());
        double seconds = (System.nanoTime() - before) / 1e9;
        long used = control.cpuMicros() - cpu;
        Times answers = heartbeats.answers();
        return Sample.of(heartbeats.failures())
                .with("agents", "n", count)
                .with("heartbeats", "1/s", answers.count() / seconds)
                .with("answer p50", "µs", answers.micros(50))
                .with("answer p99", "µs", answers.micros(99))
                .with("CPU", "%", used / 1e4 / seconds)
                .withCpu("CPU per heartbeat", control, used, answers.count());
    }
}
