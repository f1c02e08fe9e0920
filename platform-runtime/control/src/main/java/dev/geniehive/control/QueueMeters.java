package dev.geniehive.control;

import dev.geniehive.kernel.meter.Meters;
import dev.geniehive.kernel.meter.Shown;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Shows how many wait in each queue that is known, for as long as it is open. */
final class QueueMeters implements AutoCloseable {
    private final Meters meters;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    QueueMeters(Meters meters) {
        this.meters = meters;
    }

    void show(String queue, IntSupplier depth) {
        shown.computeIfAbsent(
                queue,
                name -> meters.gauge(
                        "geniehive.queue.depth",
                        "Requests that wait for a slot.",
                        Map.of("queue", name),
                        depth::getAsInt));
    }

    @Override
    public void close() {
        shown.values().forEach(Shown::close);
    }
}
