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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one service again and again, on a virtual thread of its own, and remembers what it saw.
 *
 * <p>A service that cannot tell what it has is taken to have what it had, so that its models stay known and are said to
 * be served by something that is ill, and not to be made up. One that takes connections and does not answer in time has
 * its hands full (some engines answer nothing while they generate): for a while that makes it degraded, not gone.
 */
final class Minder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Minder.class);
    private static final Duration BUSY_FOR = Duration.ofMinutes(1);

    private final ServiceSpec spec;
    private final String engine;
    private final Means means;
    private final Runnable seen;
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

    /**
     * What it looks with.
     *
     * @param upstream the way to the service, with timeouts that suit a quick look
     */
    record Means(Engines engines, Upstream upstream) {}

    /** @param seen called after every look; must be quick */
    Minder(ServiceSpec spec, String engine, Means means, Ticker ticker, Duration pause, Runnable seen) {
        this.spec = spec;
        this.engine = engine;
        this.means = means;
        this.seen = seen;
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
                seen.run();
                rest();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Inventory now;
        boolean answered = false;
        try {
            now = means.engines().inspect(engine, means.upstream());
            answered = now.health() != ServiceHealth.UNREACHABLE;
        } catch (UpstreamException silent) {
            now = Inventory.without(judge(silent), silent.getMessage());
        } catch (GenieException broken) {
            now = Inventory.unhealthy(broken.getMessage());
            answered = true;
        } catch (RuntimeException unforeseen) {
            log.error("Looking at {} failed", spec, unforeseen);
            now = Inventory.unhealthy("looking at it failed; the log says how");
            answered = true;
        }
        Look before = last;
        last = new Look(
                remembering(before.inventory(), now),
                before.looks() + 1,
                answered ? ticker.nanos() : before.answeredAt());
    }

    /** {@return how a service feels that said nothing} */
    private ServiceHealth judge(UpstreamException silent) {
        boolean listens = silent.failure() == UpstreamException.Failure.FIRST_BYTE_TIMED_OUT
                || silent.failure() == UpstreamException.Failure.IDLE_TIMED_OUT;
        boolean wasWell = last.inventory().health().usable();
        boolean lately = ticker.nanos() - last.answeredAt() < BUSY_FOR.toNanos();
        return listens && wasWell && lately ? ServiceHealth.DEGRADED : ServiceHealth.UNREACHABLE;
    }

    private static Inventory remembering(Inventory before, Inventory now) {
        boolean knows = now.health() == ServiceHealth.HEALTHY || !now.assets().isEmpty();
        return knows
                ? now
                : new Inventory(
                        now.health(),
                        now.reason(),
                        before.version(),
                        now.health().usable() ? before.assets() : unloaded(before.assets()),
                        before.adapters(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        before.simulated());
    }

    /** What cannot be served now does not count as loaded. */
    private static List<Asset> unloaded(List<Asset> assets) {
        return assets.stream()
                .map(asset -> new Asset(
                        asset.id(),
                        false,
                        asset.operations(),
                        asset.abilities(),
                        asset.contextLength(),
                        asset.quantization(),
                        asset.sizeBytes(),
                        asset.parameters()))
                .toList();
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
