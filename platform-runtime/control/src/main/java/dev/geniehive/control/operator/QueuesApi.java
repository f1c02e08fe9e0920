package dev.geniehive.control.operator;

import dev.geniehive.api.model.Json;
import dev.geniehive.api.spi.Answer;
import dev.geniehive.api.spi.Route;
import dev.geniehive.control.access.KeyRing;
import dev.geniehive.control.gateway.HiveGateway;
import dev.geniehive.control.gateway.QueueState;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.HiveSnapshot;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.queue.QueueRules;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.control.routing.Subscriptions;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The route {@code /v1/cluster/queues}: who waits where, and what came of those who waited. */
public final class QueuesApi {
    private final Hive hive;
    private final HiveGateway gateway;
    private final Supplier<RoutingRules> rules;
    private final KeyRing keys;

    public QueuesApi(Hive hive, HiveGateway gateway, Supplier<RoutingRules> rules, KeyRing keys) {
        this.hive = hive;
        this.gateway = gateway;
        this.rules = rules;
        this.keys = keys;
    }

    /** {@return what is answered here; all of it needs the operator's key} */
    public List<AppRoute> routes() {
        return List.of(new AppRoute(Route.get("/v1/cluster/queues", request -> list()), Access.OPERATOR));
    }

    /** A queue shows as soon as anything names it: configuration, a machine, a key, or a request. */
    private Answer list() {
        HiveSnapshot now = hive.snapshot();
        Set<String> names = new TreeSet<>(gateway.queues());
        names.addAll(keys.queues());
        names.addAll(now.queues());
        return Answer.json(HiveJson.list(names.stream()
                .map(name -> json(rules.get().queues().of(name), gateway.queue(name), now))
                .toList()));
    }

    private Json json(QueueRules queue, QueueState state, HiveSnapshot now) {
        QueueState.Counts counts = state.counts();
        Json.Obj json = Json.object()
                .put("name", queue.name())
                .put("priority", queue.priority())
                .put("depth", state.depth())
                .put("interactive", state.interactive())
                .put("batch", state.batch())
                .put("max_depth", queue.maxDepth())
                .put("deadline_ms", queue.deadline().toMillis())
                .put("oldest_wait_ms", state.oldestWait().toMillis())
                .putIfPresent("estimate_ms", millis(state.estimate()))
                .put("served", counts.served())
                .put("waited", counts.waited());
        if (counts.waited() > 0) {
            json = json.put("mean_wait_ms", TimeUnit.NANOSECONDS.toMillis(counts.waitedNanos() / counts.waited()));
        }
        return json.put("refused", counts.refused())
                .put("expired", counts.expired())
                .put("overflow", overflow(queue, counts))
                .put("hosts", Json.strings(hosts(queue, now)))
                .put("keys", Json.strings(keys.boundTo(queue.name())));
    }

    private static Json overflow(QueueRules queue, QueueState.Counts counts) {
        return Json.object()
                .put("allow", queue.overflowAfter().isPresent())
                .putIfPresent("queue_deadline_ms", millis(queue.overflowAfter()))
                .put("used", counts.overflowed());
    }

    private static OptionalLong millis(Optional<Duration> time) {
        return time.isPresent() ? OptionalLong.of(time.get().toMillis()) : OptionalLong.empty();
    }

    private static List<String> hosts(QueueRules queue, HiveSnapshot now) {
        return now.services().values().stream()
                .filter(service -> !service.terms().overflow())
                .filter(service -> Subscriptions.serves(now, queue, service))
                .map(Service::host)
                .distinct()
                .sorted()
                .toList();
    }
}
