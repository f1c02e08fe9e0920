package dev.geniehive.control;

import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.Links;

/** Looks now and then which hosts have fallen silent, and hangs up on them. */
final class Sweeper implements AutoCloseable {
    private final Thread thread;

    Sweeper(Hive hive, Links links) {
        this.thread = Thread.ofVirtual().name("hive-sweeper").start(() -> sweep(hive, links));
    }

    private static void sweep(Hive hive, Links links) {
        try {
            while (true) {
                Thread.sleep(hive.untilNextSweep());
                hive.sweep(links).forEach(links::cut);
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
