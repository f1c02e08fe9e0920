package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Gateway;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.hive.performance.Trails;
import dev.geniehive.control.routing.Claim;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Router;
import dev.geniehive.kernel.app.Ticker;
import dev.geniehive.protocol.Terms;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The gateway of a control plane: its requests go to the services of a hive. */
public final class HiveGateway implements Gateway {
    private final Means means;
    private final Function<Caller, List<String>> bound;

    /** A gateway whose callers are bound to no queues. */
    public HiveGateway(
            Hive hive, Supplier<Router> router, Adapters adapters, Ways ways, Ticker ticker, GatewayObserver observer) {
        this(hive, router, adapters, ways, ticker, observer, caller -> List.of());
    }

    /**
     * @param router decides; asked for anew for every request, so that it may change with plugins and configuration
     * @param bound tells the queues that a caller's key is bound to; empty if to none
     */
    public HiveGateway(
            Hive hive,
            Supplier<Router> router,
            Adapters adapters,
            Ways ways,
            Ticker ticker,
            GatewayObserver observer,
            Function<Caller, List<String>> bound) {
        Line line = new Line(ticker, observer);
        this.bound = bound;
        this.means = new Means(
                hive,
                router,
                adapters,
                ways,
                ticker,
                observer,
                line,
                new RetryBudget(ticker),
                new Trails(new SecureRandom()));
        rulesChanged();
        hive.onChange(new Weighed(hive, line::hiveChanged));
    }

    @Override
    public Exchange ask(Ask ask) {
        String model = ask.body().facts().model();
        if (model.isBlank()) {
            throw new GenieException(new Problem(
                            ErrorKind.INVALID_REQUEST,
                            "missing_model",
                            "The request names no model. GET /v1/models lists what can be asked for.")
                    .about("model"));
        }
        RouteRequest request =
                new RouteRequest(ask.operation(), model, ask.body().facts());
        Claim claim = new Claim(bound.apply(ask.caller()), false);
        Trail trail = means.trails().of(ask.caller().principal(), ask.caller().session(), ask.body()::open);
        Decision first = means.decide(request, claim, trail);
        first.refusal().filter(problem -> !Pursuit.isLoading(problem)).ifPresent(problem -> {
            throw new GenieException(problem);
        });
        means.budget().request();
        return new Run(means, ask, claim, trail, first);
    }

    /** {@return how many requests wait for a slot} */
    public int waiting() {
        return means.line().waiting();
    }

    /** Has whoever waits decide anew: what requests are decided by has changed, and it is not the hive. */
    public void rulesChanged() {
        means.line().know(Set.of(Terms.SHARED_QUEUE));
        means.line().know(means.rules().queues().named().keySet());
        means.line().hiveChanged();
    }

    /** {@return the queues that are configured, and those that somebody has asked for since this process started} */
    public Set<String> queues() {
        return means.line().queues();
    }

    /** {@return a queue as it is now} */
    public QueueState queue(String name) {
        return means.line().state(name);
    }
}
