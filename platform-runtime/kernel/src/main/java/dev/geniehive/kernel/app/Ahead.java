package dev.geniehive.kernel.app;

import dev.geniehive.kernel.http.Edge;
import java.util.List;

/**
 * What is loaded beside the reading of the configuration: a start is much of loading, one thing after another. Whoever
 * needs a library waits until it is loaded, so that no two threads initialize its classes at once. What cannot be loaded
 * here cannot be loaded then either, and is told then.
 */
record Ahead(Thread apps, Thread edge) {
    /** Begins. */
    static Ahead of(List<App> apps) {
        return new Ahead(start("apps", () -> apps.forEach(App::prepare)), start("edge", Edge::prepare));
    }

    private static Thread start(String name, Runnable loading) {
        return Thread.ofPlatform().daemon().name("ahead-" + name).start(loading);
    }

    void awaitApps() throws InterruptedException {
        apps.join();
    }

    void awaitEdge() throws InterruptedException {
        edge.join();
    }
}
