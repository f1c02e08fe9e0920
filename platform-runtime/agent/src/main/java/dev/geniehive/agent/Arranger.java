package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.report.Household;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Arranges the household every few seconds on a virtual thread of its own, and sooner when something has changed. */
final class Arranger implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Arranger.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Household household;
    private final Supplier<AgentConfig> config;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;

    Arranger(Household household, Supplier<AgentConfig> config) {
        this.household = household;
        this.config = config;
        this.thread = Thread.ofVirtual().name("household").start(this::keepArranging);
    }

    /** Something has changed: the next arrangement is due. */
    void soon() {
        wanted.release();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void keepArranging() {
        try {
            while (true) {
                boolean early = wanted.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                log.debug("Arranging the household{}", early ? ", since something has changed" : "");
                wanted.drainPermits();
                arrange();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void arrange() throws InterruptedException {
        try {
            household.arrange(config.get());
        } catch (RuntimeException unforeseen) {
            log.error("Looking for engines failed", unforeseen);
        }
    }
}
