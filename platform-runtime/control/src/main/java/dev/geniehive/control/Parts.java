package dev.geniehive.control;

import dev.geniehive.api.spi.ApiFacade;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.api.spi.FacadeContext;
import dev.geniehive.api.spi.ProviderAdapter;
import dev.geniehive.api.spi.RankingPolicy;
import dev.geniehive.control.access.JoinTokens;
import dev.geniehive.control.access.KeyRing;
import dev.geniehive.control.access.NodeKeys;
import dev.geniehive.control.access.PermittedCatalogue;
import dev.geniehive.control.access.PermittedGateway;
import dev.geniehive.control.events.EventLog;
import dev.geniehive.control.events.EventsApi;
import dev.geniehive.control.gateway.HiveGateway;
import dev.geniehive.control.gateway.PluginAdapters;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.node.LocalControlPlane;
import dev.geniehive.control.node.Memories;
import dev.geniehive.control.node.NodesApi;
import dev.geniehive.control.node.Registrar;
import dev.geniehive.control.node.Saver;
import dev.geniehive.control.operator.ClusterApi;
import dev.geniehive.control.operator.HostsApi;
import dev.geniehive.control.operator.KeysApi;
import dev.geniehive.control.operator.QueuesApi;
import dev.geniehive.control.operator.RolesApi;
import dev.geniehive.control.roles.RoleCatalogue;
import dev.geniehive.control.roles.RoleSection;
import dev.geniehive.control.routing.HiveCatalogue;
import dev.geniehive.control.routing.Router;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.control.routing.Stage;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.link.LinkHub;
import dev.geniehive.kernel.link.LinkSettings;
import dev.geniehive.kernel.plugin.Lendings;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.store.Store;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms of the control plane, put together. What depends on plugins and configuration is made anew when they change;
 * one change at a time, so that the last one holds.
 */
final class Parts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Store store;
    private final Stores stores;
    private final KeysApi keys;
    private final JoinTokens tokens;
    private final Hive hive;
    private final Registrar registrar;
    private final LinkHub hub;
    private final HubLinks links;
    private final HostsApi hosts;
    private final NodesApi nodes;
    private final Saver saver;
    private final Lendings<ProviderAdapter, ExtensionContext> adapters;
    private final Lendings<RankingPolicy, ExtensionContext> policies;
    private final Map<String, LentRanking> rankings = new ConcurrentHashMap<>();
    private final Lendings<ApiFacade, FacadeContext> facades;
    private final FacadeRoutes facadeRoutes;
    private final ClusterApi cluster;
    private final RoleCatalogue roles;
    private final RolesApi rolesApi;
    private final EventLog events;
    private final HiveMeters gauges;
    private final HiveGateway gateway;
    private final QueueMeters depths;
    private final QueuesApi queues;
    private final Sweeper sweeper;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile RoutingRules rules;
    private volatile Router router;

    Parts(AppContext context) {
        this.store = Store.open(Stores.settings(context.config().section("store"), context.home()), context.clock());
        this.stores = new Stores(store, context.ticker());
        KeyRing ring = new KeyRing(store.keys(), context.clock(), new SecureRandom());
        this.keys = new KeysApi(ring);
        context.admit(ring);
        this.tokens = new JoinTokens(store.tokens(), context.clock(), new SecureRandom());
        context.admit(tokens);
        NodeKeys nodeKeys = new NodeKeys();
        context.admit(nodeKeys);
        this.rules = rules(context.config());
        this.roles = new RoleCatalogue(
                store.roles(),
                context.clock(),
                RoleSection.read(context.config().section("roles")));
        Liveness liveness = Liveness.from(context.config().section("heartbeat"));
        this.hive = new Hive(context.ticker(), context.clock(), liveness.interval(), liveness.lostAfter());
        hive.restore(
                Memories.read(store), Memories.learned(store, context.clock().instant()));
        this.registrar = new Registrar(new Registrar.Parts(
                hive, store.nodes(), nodeKeys, tokens, context.clock(), new SecureRandom(), context.version()));
        this.hub = new LinkHub(LinkSettings.DEFAULT, context.ticker(), hive::heard);
        this.links = new HubLinks(hub);
        context.offer(hub.upgrade(caller -> NodeKeys.nodeOf(caller.principal()).orElseThrow()));
        this.adapters =
                new Lendings<>(context.extensions(), ExtensionPoint.PROVIDER_ADAPTER, context::extensionContext);
        this.policies = new Lendings<>(context.extensions(), ExtensionPoint.RANKING_POLICY, context::extensionContext);
        this.router = router();
        this.events = new EventLog(hive, context.clock());
        this.depths = new QueueMeters(context.meters());
        this.gateway = new HiveGateway(
                hive,
                () -> router,
                new PluginAdapters(adapters),
                new EngineWays(context.upstreams(), hub, () -> rules),
                context.ticker(),
                new QueueEvents(new GatewayMeters(context.meters()), depths, events, context.ticker()),
                ring::queues);
        HiveCatalogue catalogue = new HiveCatalogue(hive, () -> router, ring::queues);
        this.facades = new Lendings<>(
                context.extensions(),
                ExtensionPoint.API_FACADE,
                plugin -> new LentToFacade(
                        context.extensionContext(plugin).config(),
                        new PermittedGateway(gateway, ring),
                        new PermittedCatalogue(catalogue, ring)));
        this.facadeRoutes = new FacadeRoutes(facades, context.routes());
        this.cluster = new ClusterApi(hive, () -> router, context::plugins);
        this.rolesApi =
                new RolesApi(roles, hive, () -> router, name -> policies.get().containsKey(name));
        roles.onChange(this::reroute);
        roles.onChange(new RoleEvents(roles, events)::look);
        context.onDrain(events::close);
        this.gauges = new HiveMeters(context.meters(), hive);
        this.queues = new QueuesApi(hive, gateway, () -> rules, ring);
        this.hosts = new HostsApi(hive, registrar, links);
        this.nodes = new NodesApi(registrar, hive, tokens, context::address);
        this.saver = new Saver(hive, store, context.clock());
        saver.start();
        this.sweeper = new Sweeper(hive, links);
    }

    /** Plugins have come or gone. */
    void renew() {
        renewing.lock();
        try {
            adapters.renew();
            policies.renew();
            facades.renew();
            router = router();
            gateway.rulesChanged();
            facadeRoutes.publish();
        } finally {
            renewing.unlock();
        }
    }

    /** Roles have changed. */
    private void reroute() {
        renewing.lock();
        try {
            router = router();
            gateway.rulesChanged();
        } finally {
            renewing.unlock();
        }
    }

    void reconfigure(Configuration config, Set<String> changed) {
        changed.stream()
                .filter(key -> key.startsWith("heartbeat.") || key.startsWith("store."))
                .sorted()
                .forEach(key -> log.warn("{} changed; that needs a restart", key));
        rules = rules(config);
        roles.configured(RoleSection.read(config.section("roles")));
        if (changed.stream().anyMatch(key -> key.startsWith("plugins."))) {
            adapters.forget();
            policies.forget();
            facades.forget();
        }
        renew();
    }

    /** {@return the control plane for an agent in this process} */
    ControlPlane forThisProcess() {
        return new LocalControlPlane(registrar, hive);
    }

    /** {@return what operators and nodes are answered} */
    List<AppRoute> routes() {
        return Stream.of(
                        cluster.routes(),
                        hosts.routes(),
                        keys.routes(),
                        queues.routes(),
                        rolesApi.routes(),
                        nodes.routes(),
                        new EventsApi(events).routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void close() {
        sweeper.close();
        hub.close();
        gauges.close();
        depths.close();
        events.close();
        saver.close();
        store.close();
    }

    List<String> notReady() {
        List<String> reasons = new ArrayList<>();
        if (!policies.get().containsKey(rules.ranking())) {
            reasons.add("No plugin offers the ranking policy '%s' (routing.ranking). There are: %s."
                    .formatted(rules.ranking(), policies.get().keySet()));
        }
        if (!stores.writable()) {
            reasons.add("The database cannot be written (storage_unavailable); requests are served nevertheless.");
        }
        if (facades.get().isEmpty()) {
            reasons.add("No plugin offers a client API.");
        }
        return reasons;
    }

    private static RoutingRules rules(Configuration config) {
        return RoutingRules.from(config.section("routing"), config.section("queues"));
    }

    private Router router() {
        return new Router(
                rules,
                ranking(rules.ranking()),
                adapters.get().keySet(),
                () -> ThreadLocalRandom.current().nextDouble(),
                new Stage(roles.book(), this::ranking));
    }

    /** {@return the policy of a name; the same one for the same name} */
    private RankingPolicy ranking(String name) {
        return rankings.computeIfAbsent(name, wanted -> new LentRanking(policies, wanted));
    }
}
