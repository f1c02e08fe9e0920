package dev.geniehive.control;

import dev.geniehive.api.host.ConfigView;
import dev.geniehive.api.spi.ApiFacade;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.api.spi.FacadeContext;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.gateway.HiveGateway;
import dev.geniehive.control.gateway.PluginAdapters;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.node.LocalControlPlane;
import dev.geniehive.control.operator.ClusterApi;
import dev.geniehive.control.routing.HiveCatalogue;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.plugin.Lendings;
import dev.geniehive.protocol.ControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The control plane. */
public final class ControlApp implements App {
    private @Nullable Parts parts;

    @Override
    public String name() {
        return "control";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public void check(Configuration config) {
        RoutingRules.from(config.section("routing"));
        Liveness.from(config.section("heartbeat"));
    }

    @Override
    public List<AppRoute> start(AppContext context) {
        Parts made = new Parts(context);
        parts = made;
        context.share(ControlPlane.class, new LocalControlPlane(made.hive));
        context.extensions().onChange(made::renew);
        made.renew();
        return made.cluster.routes();
    }

    @Override
    public void reconfigure(Configuration config, Set<String> changed) {
        running().reconfigure(config, changed);
    }

    @Override
    public List<String> notReady() {
        return running().notReady();
    }

    @Override
    public List<String> summary() {
        return List.of();
    }

    @Override
    public void close() {
        Parts running = parts;
        if (running != null) {
            running.sweeper.close();
        }
    }

    private Parts running() {
        Parts running = parts;
        if (running == null) {
            throw new IllegalStateException("the control plane has not started");
        }
        return running;
    }

    /**
     * How nodes are judged.
     *
     * @param interval how often they report
     * @param lostAfter after how much silence they count as lost
     */
    record Liveness(Duration interval, Duration lostAfter) {
        static Liveness from(ConfigView config) {
            Duration interval = config.duration("interval").orElse(Duration.ofSeconds(1));
            Duration lostAfter = config.duration("lost-after").orElse(Duration.ofSeconds(5));
            if (!interval.isPositive()) {
                config.reject("interval", "must be longer than 0, was %s".formatted(interval));
            }
            if (lostAfter.compareTo(interval.multipliedBy(2)) < 0) {
                config.reject(
                        "lost-after",
                        "must be at least twice heartbeat.interval (%s), was %s".formatted(interval, lostAfter));
            }
            return new Liveness(interval, lostAfter);
        }
    }

    /** The rooms. */
    private static final class Parts {
        private final Hive hive;
        private final Lendings<ProviderAdapter, ExtensionContext> adapters;
        private final Lendings<RankingPolicy, ExtensionContext> policies;
        private final Lendings<ApiFacade, FacadeContext> facades;
        private final FacadeRoutes facadeRoutes;
        private final ClusterApi cluster;
        private final Sweeper sweeper;
        private volatile RoutingRules rules;
        private volatile Router router;

        Parts(AppContext context) {
            this.rules = RoutingRules.from(context.config().section("routing"));
            Liveness liveness = Liveness.from(context.config().section("heartbeat"));
            this.hive = new Hive(context.ticker(), context.clock(), liveness.interval(), liveness.lostAfter());
            this.adapters =
                    new Lendings<>(context.extensions(), ExtensionPoint.PROVIDER_ADAPTER, context::extensionContext);
            this.policies =
                    new Lendings<>(context.extensions(), ExtensionPoint.RANKING_POLICY, context::extensionContext);
            this.router = router();
            HiveGateway gateway = new HiveGateway(
                    hive,
                    () -> router,
                    new PluginAdapters(adapters),
                    new DirectWays(context.upstreams(), () -> rules),
                    context.ticker(),
                    new GatewayMeters(context.meters()));
            HiveCatalogue catalogue = new HiveCatalogue(hive, () -> router);
            this.facades = new Lendings<>(
                    context.extensions(),
                    ExtensionPoint.API_FACADE,
                    plugin -> new LentToFacade(context.extensionContext(plugin).config(), gateway, catalogue));
            this.facadeRoutes = new FacadeRoutes(facades, context.routes());
            this.cluster = new ClusterApi(
                    hive, () -> router, candidate -> router.policy().explain(candidate), context::plugins);
            this.sweeper = new Sweeper(hive);
        }

        /** Plugins have come or gone. */
        void renew() {
            adapters.renew();
            policies.renew();
            facades.renew();
            router = router();
            facadeRoutes.publish();
        }

        void reconfigure(Configuration config, Set<String> changed) {
            rules = RoutingRules.from(config.section("routing"));
            if (changed.stream().anyMatch(key -> key.startsWith("plugins."))) {
                adapters.forget();
                policies.forget();
                facades.forget();
            }
            renew();
        }

        List<String> notReady() {
            List<String> reasons = new ArrayList<>();
            if (!policies.get().containsKey(rules.ranking())) {
                reasons.add("No plugin offers the ranking policy '%s' (routing.ranking). There are: %s."
                        .formatted(rules.ranking(), policies.get().keySet()));
            }
            if (facades.get().isEmpty()) {
                reasons.add("No plugin offers a client API.");
            }
            return reasons;
        }

        private Router router() {
            return new Router(
                    rules,
                    new LentRanking(policies, rules.ranking()),
                    adapters.get().keySet(),
                    () -> ThreadLocalRandom.current().nextDouble());
        }
    }
}
