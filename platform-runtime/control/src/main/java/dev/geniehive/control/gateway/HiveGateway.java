package dev.geniehive.control.gateway;

import dev.geniehive.api.host.Ask;
import dev.geniehive.api.host.Exchange;
import dev.geniehive.api.host.Gateway;
import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Problem;
import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Router;
import dev.geniehive.kernel.app.Ticker;
import java.util.function.Supplier;

/** The gateway of a control plane: its requests go to the services of a hive. */
public final class HiveGateway implements Gateway {
    private final Means means;

    /**
     * @param router decides; asked for anew for every request, so that it may change with plugins and configuration
     */
    public HiveGateway(
            Hive hive, Supplier<Router> router, Adapters adapters, Ways ways, Ticker ticker, GatewayObserver observer) {
        Line line = new Line(ticker);
        this.means = new Means(hive, router, adapters, ways, ticker, observer, line, new RetryBudget(ticker));
        hive.onChange(line::hiveChanged);
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
        Decision first = means.decide(request);
        first.refusal().filter(problem -> !Pursuit.isLoading(problem)).ifPresent(problem -> {
            throw new GenieException(problem);
        });
        means.budget().request();
        return new Run(means, ask, first);
    }

    /** {@return how many requests wait for a slot} */
    public int waiting() {
        return means.line().waiting();
    }
}
