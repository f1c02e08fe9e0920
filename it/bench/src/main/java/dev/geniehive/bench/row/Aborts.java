package dev.geniehive.bench.row;

import dev.geniehive.bench.measure.Failures;
import dev.geniehive.bench.measure.Sample;
import dev.geniehive.bench.measure.Times;
import dev.geniehive.bench.subject.Running;
import dev.geniehive.bench.upstream.Steering;
import dev.geniehive.bench.wire.StampReader;
import dev.geniehive.bench.wire.Wire;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that hang up in the middle of a stream: how soon does the engine know? */
final class Aborts implements Row {
    private static final int CHUNKS = 1000;
    private static final int BUFFER_BYTES = 4096;
    private static final long PATIENCE_SECONDS = 20;

    private final AtomicLong ids = new AtomicLong();

    @Override
    public String name() {
        return "abort";
    }

    @Override
    public String says() {
        return "A client hangs up in the middle of a paced stream: until the upstream's connection is closed";
    }

    @Override
    public Sample measure(Running subject, Conditions conditions) throws IOException, InterruptedException {
        int aborts =
                conditions.quick() ? 5 : (int) Math.max(20, conditions.time().toMillis() / 100);
        Times times = new Times();
        for (int i = 0; i < aborts; i++) {
            times.add(abort(subject, conditions));
        }
        return Sample.of(new Failures())
                .with("p50", "µs", times.micros(50))
                .with("p99", "µs", times.micros(99))
                .with("longest", "µs", times.micros(100));
    }

    /** {@return the nanoseconds it took} */
    private long abort(Running subject, Conditions conditions) throws IOException, InterruptedException {
        long id = ids.incrementAndGet();
        byte[] request = subject.target()
                .chat(
                        Steering.stream(CHUNKS, Shape.PACE_MICROS, Shape.CHUNK_BYTES)
                                .called(id),
                        true,
                        0);
        long hungUp;
        try (Wire wire = subject.target().connect(BUFFER_BYTES)) {
            wire.send(request);
            CountDownLatch running = new CountDownLatch(2);
            Thread reader = Thread.ofPlatform().daemon().start(() -> read(wire, running));
            boolean ran = running.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            hungUp = System.nanoTime();
            wire.close();
            reader.join();
            if (!ran) {
                throw new IOException("a stream that did not begin");
            }
        }
        return conditions.upstream().closedNanos(id) - hungUp;
    }

    private static void read(Wire wire, CountDownLatch running) {
        try {
            wire.receive(new StampReader((stamp, arrived) -> running.countDown()));
        } catch (IOException hungUp) {
            // As meant. Where it was not, the latch says so.
        }
    }
}
