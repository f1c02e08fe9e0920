package dev.geniehive.control.gateway;

import dev.geniehive.api.model.RouteRequest;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.performance.Trail;
import dev.geniehive.control.hive.performance.Trails;
import dev.geniehive.control.routing.Claim;
import dev.geniehive.control.routing.Decision;
import dev.geniehive.control.routing.Need;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.kernel.app.Ticker;
import java.util.function.Supplier;

/**
 * What all requests of a gateway share.
 *
 * @param hive who is there
 * @param router decides; asked for anew every time, since it changes with plugins and configuration
 * @param adapters speak to engines
 * @param ways lead to engines
 * @param ticker measures
 * @param observer is told how it went
 * @param line where requests wait for a slot
 * @param budget how many second tries there may be
 * @param trails read by what a service may know a request
 */
record Means(
        Hive hive,
        Supplier<Router> router,
        Adapters adapters,
        Ways ways,
        Ticker ticker,
        GatewayObserver observer,
        Line line,
        RetryBudget budget,
        Trails trails) {
    Decision decide(RouteRequest request, Claim claim, Trail trail) {
        return router.get().decide(hive.snapshot(), request, Need.NOTHING.with(claim), trail);
    }

    RoutingRules rules() {
        return router.get().rules();
    }
}
