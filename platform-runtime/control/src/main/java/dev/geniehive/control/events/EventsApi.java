package dev.geniehive.control.events;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import java.time.Duration;
import java.util.List;

/** The route {@code /v1/cluster/events}. */
public final class EventsApi {
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final EventLog log;

    public EventsApi(EventLog log) {
        this.log = log;
    }

    /** {@return what is answered here; it needs the operator's key} */
    public List<AppRoute> routes() {
        return List.of(new AppRoute(Route.get("/v1/cluster/events", this::watch), Access.OPERATOR));
    }

    /** From now on, or after the event that the watcher saw last; browsers say it in a header, others may in the query. */
    private Answer watch(ApiRequest request) {
        long after = request.headers()
                .first("last-event-id")
                .or(() -> request.query("last_event_id"))
                .filter(id -> !id.isBlank())
                .map(id -> log.number(id.strip()))
                .orElseGet(log::last);
        return new Answer.Relayed(new EventFeed(log, after, QUIET), new EventDialect());
    }
}
