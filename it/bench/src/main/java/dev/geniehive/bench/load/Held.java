package dev.geniehive.bench.load;

import dev.geniehive.bench.measure.Failures;
import dev.geniehive.bench.subject.Target;
import dev.geniehive.bench.wire.StampReader;
import dev.geniehive.bench.wire.Wire;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Streams that are open and stay it until this is closed. */
public final class Held implements AutoCloseable {
    private static final int BUFFER_BYTES = 1024;
    private static final int AT_ONCE = 64;
    private static final long PATIENCE_SECONDS = 60;

    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Failures failures = new Failures();

    private Held() {}

    /** {@return so many streams, all of which have had their first chunk, unless there are failures} */
    public static Held open(Target target, byte[] request, int count) throws InterruptedException {
        Held held = new Held();
        Semaphore opening = new Semaphore(AT_ONCE);
        CountDownLatch begun = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            opening.acquire();
            Thread.ofVirtual().start(() -> held.read(target, request, new Begin(opening, begun, new AtomicBoolean())));
        }
        if (!begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            held.failures.add("streams that did not begin");
        }
        return held;
    }

    /** {@return what went wrong so far; a stream that ended by itself did} */
    public Failures failures() {
        return failures;
    }

    /** Hangs up on all of them. */
    @Override
    public void close() {
        ending.set(true);
        wires.forEach(Wire::close);
    }

    private record Begin(Semaphore opening, CountDownLatch begun, AtomicBoolean isOver) {
        void over() {
            if (isOver.compareAndSet(false, true)) {
                opening.release();
                begun.countDown();
            }
        }
    }

    private void read(Target target, byte[] request, Begin begin) {
        try (Wire wire = target.connect(BUFFER_BYTES)) {
            wires.add(wire);
            StampReader reader = new StampReader((stamp, arrived) -> begin.over());
            int status = wire.exchange(request, reader).status();
            failures.add("a stream that ended with status " + status);
        } catch (IOException ended) {
            if (!ending.get()) {
                failures.add(ended);
            }
        } finally {
            begin.over();
        }
    }
}
