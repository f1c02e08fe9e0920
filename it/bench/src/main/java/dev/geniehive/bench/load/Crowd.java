package dev.geniehive.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Clients side by side: few have threads of the operating system, which wake sooner; many have virtual ones. */
final class Crowd {
    private static final int PLATFORM_THREADS = 64;

    private Crowd() {}

    /** Runs them all, each with its number, and returns when the last has ended. */
    static void run(int count, IntConsumer client) throws InterruptedException {
        Thread.Builder threads = count <= PLATFORM_THREADS ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            all.add(threads.start(() -> client.accept(number)));
        }
        for (Thread thread : all) {
            thread.join();
        }
    }
}
