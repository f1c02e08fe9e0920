package dev.geniehive.control;

import dev.geniehive.api.model.Operation;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.Usage;
import dev.geniehive.control.events.EventLog;
import dev.geniehive.control.gateway.GatewayObserver;
import dev.geniehive.kernel.app.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Tells operators what happens to queues, once a minute each at most, and passes everything on. */
final class QueueEvents implements GatewayObserver {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final GatewayObserver next;
    private final QueueMeters depths;
    private final EventLog events;
    private final Ticker ticker;
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    QueueEvents(GatewayObserver next, QueueMeters depths, EventLog events, Ticker ticker) {
        this.next = next;
        this.depths = depths;
        this.events = events;
        this.ticker = ticker;
    }

    @Override
    public void failedOver(String model, String code) {
        next.failedOver(model, code);
    }

    @Override
    public void firstToken(Operation operation, String model, long nanos) {
        next.firstToken(operation, model, nanos);
    }

    @Override
    public void ended(Operation operation, String model, long nanos, Optional<Usage> usage, Optional<Problem> problem) {
        next.ended(operation, model, nanos, usage, problem);
    }

    @Override
    public void opened(String queue, IntSupplier depth) {
        depths.show(queue, depth);
    }

    @Override
    public void waited(String queue, long nanos, boolean served) {
        next.waited(queue, nanos, served);
    }

    @Override
    public void refused(String queue, int depth) {
        next.refused(queue, depth);
        tell("queue.full", queue, "The queue %s is full: %d requests wait.".formatted(queue, depth));
    }

    @Override
    public void overflowed(String queue, String model) {
        next.overflowed(queue, model);
        tell(
                "queue.overflow",
                queue,
                "A request of the queue %s for %s went to a service that is for overflow only."
                        .formatted(queue, model));
    }

    private void tell(String kind, String queue, String message) {
        long now = ticker.nanos();
        Long last = told.get(kind + queue);
        if ((last == null || now - last >= PAUSE.toNanos()) && claims(kind + queue, last, now)) {
            events.tell(kind, queue, message);
        }
    }

    private boolean claims(String key, @Nullable Long last, long now) {
        return last == null ? told.putIfAbsent(key, now) == null : told.replace(key, last, now);
    }
}
