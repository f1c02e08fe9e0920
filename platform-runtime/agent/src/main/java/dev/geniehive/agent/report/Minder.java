package dev.geniehive.agent.report;

import dev.geniehive.agent.discovery.Engines;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.ServiceReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one service again and again, on a virtual thread of its own, and remembers what it saw. */
final class Minder implements AutoCloseable {
    /** For so long an engine that takes connections and says nothing is taken for busy. */
    private static final Duration BUSY_FOR = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Minder.class);

    private final ServiceSpec spec;
    private final String engine;
    private final Engines engines;
    private final Upstream upstream;
    private final Ticker ticker;
    private final Duration pause;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final CountDownLatch looked = new CountDownLatch(1);
    private final Thread thread;
    private boolean lookNow;
    private volatile Look last;

    /** What was seen. */
    private record Look(Inventory inventory, long looks, long answeredAt) {}

    Minder(ServiceSpec spec, String engine, Engines engines, Upstream upstream, Ticker ticker, Duration pause) {
        this.spec = spec;
        this.engine = engine;
        this.engines = engines;
        this.upstream = upstream;
        this.ticker = ticker;
        this.pause = pause;
        this.last = new Look(Inventory.without(ServiceHealth.LOADING, "was not looked at yet"), 0, ticker.nanos());
        this.thread = Thread.ofVirtual().name("minder-" + spec.name()).start(this::mind);
    }

    ServiceSpec spec() {
        return spec;
    }

    String engine() {
        return engine;
    }

    ServiceReport report() {
        Look now = last;
        return new ServiceReport(
                spec.name(),
                engine,
                new Reach.Direct(spec.base(), spec.key()),
                spec.terms(),
                now.inventory(),
                now.looks());
    }

    /** {@return for how long it has not answered; zero if it answered the last time it was asked} */
    Duration silentFor() {
        Look now = last;
        return now.inventory().health() == ServiceHealth.UNREACHABLE
                ? Duration.ofNanos(ticker.nanos() - now.answeredAt())
                : Duration.ZERO;
    }

    /** Has it looked at soon. */
    void lookNow() {
        lock.lock();
        try {
            lookNow = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether it has been looked at, waiting for the first time at most so long} */
    boolean awaitFirstLook(Duration atMost) throws InterruptedException {
        return looked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void mind() {
        try {
            while (true) {
                look();
                looked.countDown();
                rest();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Inventory seen;
        boolean answered = true;
        try {
            seen = engines.inspect(engine, upstream);
            answered = seen.health() != ServiceHealth.UNREACHABLE;
        } catch (UpstreamException silent) {
            seen = Inventory.without(feelingOf(silent), silent.getMessage());
            answered = false;
        } catch (GenieException broken) {
            seen = Inventory.without(ServiceHealth.UNHEALTHY, broken.getMessage());
        } catch (RuntimeException unforeseen) {
            log.error("Looking at {} failed", spec, unforeseen);
            seen = Inventory.without(ServiceHealth.UNHEALTHY, "looking at it failed; the log says how");
        }
        Look before = last;
        last = new Look(
                rememberingModels(seen, before.inventory()),
                before.looks() + 1,
                answered ? ticker.nanos() : before.answeredAt());
    }

    /** One that takes connections and says nothing may just be busy, if it was well a moment ago: some do one at a time. */
    private ServiceHealth feelingOf(UpstreamException silent) {
        boolean listens = silent.failure() == UpstreamException.Failure.FIRST_BYTE_TIMED_OUT
                || silent.failure() == UpstreamException.Failure.IDLE_TIMED_OUT;
        boolean wasWell = last.inventory().health().usable();
        boolean lately = ticker.nanos() - last.answeredAt() < BUSY_FOR.toNanos();
        return listens && wasWell && lately ? ServiceHealth.DEGRADED : ServiceHealth.UNREACHABLE;
    }

    /** An engine that cannot say what it has still has it: whoever asks for its models is told how it feels. */
    private static Inventory rememberingModels(Inventory seen, Inventory before) {
        if (seen.health() == ServiceHealth.HEALTHY || !seen.assets().isEmpty()) {
            return seen;
        }
        boolean asBefore = seen.health().usable();
        return new Inventory(
                seen.health(),
                seen.reason(),
                seen.version().isEmpty() ? before.version() : seen.version(),
                asBefore
                        ? before.assets()
                        : before.assets().stream().map(Minder::unloaded).toList(),
                seen.adapters().isEmpty() ? before.adapters() : seen.adapters(),
                seen.slots(),
                seen.queueDepth(),
                before.simulated());
    }

    private static Asset unloaded(Asset asset) {
        return new Asset(
                asset.id(),
                false,
                asset.operations(),
                asset.abilities(),
                asset.contextLength(),
                asset.quantization(),
                asset.sizeBytes(),
                asset.parameters());
    }

    private void rest() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (!lookNow && left > 0) {
                left = wanted.awaitNanos(left);
            }
            lookNow = false;
        } finally {
            lock.unlock();
        }
    }
}
