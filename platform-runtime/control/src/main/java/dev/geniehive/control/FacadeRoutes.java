package dev.geniehive.control;

import dev.geniehive.api.spi.ApiFacade;
import dev.geniehive.api.spi.Route;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.app.Routes;
import dev.geniehive.kernel.plugin.Lent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the routes of the client APIs in step with the plugins that bring them. */
final class FacadeRoutes {
    private static final Logger log = LoggerFactory.getLogger(FacadeRoutes.class);

    private final Supplier<Map<String, Lent<ApiFacade>>> facades;
    private final Routes routes;
    private final ReentrantLock publishing = new ReentrantLock();
    private final Map<String, Lent<ApiFacade>> published = new HashMap<>();

    FacadeRoutes(Supplier<Map<String, Lent<ApiFacade>>> facades, Routes routes) {
        this.facades = facades;
        this.routes = routes;
    }

    /** Publishes what is new and takes away what is gone. What is replaced is there all the time. */
    void publish() {
        publishing.lock();
        try {
            Map<String, Lent<ApiFacade>> now = facades.get();
            for (String gone : List.copyOf(published.keySet())) {
                if (!now.containsKey(gone)) {
                    takeAway(gone);
                }
            }
            now.forEach((name, facade) -> {
                if (!facade.equals(published.get(name))) {
                    publish(name, facade);
                }
            });
        } finally {
            publishing.unlock();
        }
    }

    private void publish(String name, Lent<ApiFacade> facade) {
        try {
            List<AppRoute> offered = facade.call(ApiFacade::routes).stream()
                    .map(route -> new AppRoute(throughTheWall(route, facade), Access.CLIENT))
                    .toList();
            routes.publish(owner(name), offered).forEach(refused -> log.warn("{}", refused));
            published.put(name, facade);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            takeAway(name);
            log.warn("The client API '{}' of {} is not there: {}", name, facade.plugin(), broken.getMessage());
        }
    }

    private void takeAway(String name) {
        if (published.remove(name) != null) {
            routes.publish(owner(name), List.of());
        }
    }

    private static Route throughTheWall(Route route, Lent<ApiFacade> facade) {
        return new Route(
                route.method(),
                route.pattern(),
                request -> facade.call(itself -> route.handler().handle(request)));
    }

    private static String owner(String facade) {
        return "facade " + facade;
    }
}
