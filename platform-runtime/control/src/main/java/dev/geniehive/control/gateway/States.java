package dev.geniehive.control.gateway;

import dev.geniehive.api.model.Urgency;
import dev.geniehive.control.queue.FairQueue;
import dev.geniehive.control.queue.Ticket;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/** Sums up a queue. Whoever calls holds the line's lock. */
final class States {
    private States() {}

    static QueueState of(String name, FairQueue<Place> queue, long now, QueueState.Counts counts) {
        SortedMap<Long, Ticket<Place>> waiting = queue.in(name);
        int batch = (int) waiting.values().stream()
                .filter(ticket -> ticket.claim().urgency() == Urgency.BATCH)
                .count();
        return new QueueState(
                name,
                waiting.size() - batch,
                batch,
                oldestWait(waiting, now),
                waiting.isEmpty()
                        ? Optional.empty()
                        : forNewcomer(queue, waiting.lastEntry().getValue()),
                counts);
    }

    /** {@return how long who came first has waited; zero if nobody waits} */
    static Duration oldestWait(SortedMap<Long, Ticket<Place>> waiting, long now) {
        return waiting.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(now - waiting.firstEntry().getValue().enteredAt());
    }

    /** Somebody who comes now stands about where the last one stands. */
    private static Optional<Duration> forNewcomer(FairQueue<Place> queue, Ticket<Place> last) {
        return Forecast.of(last.who().decision(), queue.ahead(last) + 2);
    }
}
