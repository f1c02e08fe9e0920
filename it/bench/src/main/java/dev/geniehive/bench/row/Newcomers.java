package dev.geniehive.bench.row;

import dev.geniehive.bench.load.Load;
import dev.geniehive.bench.load.Tally;
import dev.geniehive.bench.measure.Failures;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.subject.Running;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A client that connects anew for each request while others leave no processor idle: is it let in? */
final class Newcomers implements Row {
    private static final int OTHERS = 32;

    @Override
    public String name() {
        return "newcomers";
    }

    @Override
    public String says() {
        return "Short chats of 32 clients, each one after another, and of one beside them that connects anew for each: its times, with the connecting";
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws IOException, InterruptedException {
        byte[] request = subject.target().chat(Shape.SHORT, false, 0);
        FutureTask<Tally> others =
                new FutureTask<>(() -> Load.closed(subject.target(), request, OTHERS, conditions.time()));
        Thread.ofPlatform().daemon().start(others);
        Tally newcomers = Load.closedAnew(subject.target(), request, conditions.time());
        Tally beside = tally(others);
        Failures failures = new Failures();
        failures.addAll(newcomers.failures());
        failures.addAll(beside.failures());
        return Sample.of(failures)
                .with("p50", "µs", newcomers.answers().micros(50))
                .with("p99", "µs", newcomers.answers().micros(99))
                .with("longest", "µs", newcomers.answers().micros(100))
                .with(
                        "requests beside",
                        "1/s",
                        beside.perSecond(beside.answers().count()));
    }

    private static Tally tally(FutureTask<Tally> others) throws IOException, InterruptedException {
        try {
            return others.get();
        } catch (ExecutionException failed) {
            throw new IOException("the clients beside the newcomers failed", failed.getCause());
        }
    }
}
