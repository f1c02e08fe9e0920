package dev.geniehive.control;

import dev.geniehive.control.hive.Hive;
import java.time.Duration;

/** Looks once a second which hosts have fallen silent. */
final class Sweeper implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Thread thread;

    Sweeper(Hive hive) {
        this.thread = Thread.ofVirtual().name("hive-sweeper").start(() -> sweep(hive));
    }

    private static void sweep(Hive hive) {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                hive.sweep();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
