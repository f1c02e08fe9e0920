package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.subject.Subject;
import java.time.Duration;

/** From nothing to serving. */
final class Start implements Row {
    @Override
    public String name() {
        return "start";
    }

    @Override
    public String says() {
        return "From the start of the process until it serves the upstream's model; then the first chat";
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
        byte[] request = subject.target().chat(Shape.SHORT, false, 0);
        Tally first = Load.closed(subject.target(), request, 1, Duration.ofNanos(1));
        if (first.answers().count() == 0) {
            first.failures().add("no first answer");
        }
        return Sample.of(first.failures())
                .with("start to ready", "ms", subject.readyNanos() / 1e6)
                .with("first chat", "ms", first.answers().micros(100) / 1e3);
    }
}
