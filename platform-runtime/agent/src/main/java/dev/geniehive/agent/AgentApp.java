package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.agent.report.Household;
import dev.geniehive.agent.report.Reporter;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.Inventory;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.kernel.app.App;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.app.AppRoute;
import dev.geniehive.kernel.config.Configuration;
import dev.geniehive.kernel.plugin.Lendings;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.kernel.upstream.Upstreams;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.Reach;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node agent. */
public final class AgentApp implements App {
    private static final Logger log = LoggerFactory.getLogger(AgentApp.class);
    private static final Duration BETWEEN_ARRANGEMENTS = Duration.ofSeconds(5);
    private static final Duration FIRST_LOOKS = Duration.ofSeconds(10);
    private static final int MODELS_SHOWN = 5;
    private static final Timeouts QUICK =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));

    private volatile @Nullable AgentConfig config;
    private @Nullable Household household;
    private @Nullable Reporter reporter;
    private @Nullable Thread arranger;
    private @Nullable Lendings<Engine, ExtensionContext> engines;

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public void check(Configuration all) {
        AgentConfig.from(all.section("agent"), ThisMachine.hostName());
    }

    @Override
    public List<AppRoute> start(AppContext context) {
        AgentConfig now = AgentConfig.from(context.config().section("agent"), ThisMachine.hostName());
        config = now;
        Lendings<Engine, ExtensionContext> lent =
                new Lendings<>(context.extensions(), ExtensionPoint.ENGINE, context::extensionContext);
        engines = lent;
        context.extensions().onChange(lent::renew);
        lent.renew();
        PluginEngines known = new PluginEngines(lent);
        Upstreams upstreams = context.upstreams();
        Discovery discovery = new Discovery(known, base -> quickly(upstreams, "server at " + base, base));
        Household services = new Household(
                known, discovery, spec -> way(upstreams, now.name(), spec), context.ticker(), context.port());
        household = services;
        arrange(services);
        ControlPlane control = context.shared(ControlPlane.class)
                .orElseThrow(() -> new IllegalStateException("there is no control plane in this process"));
        reporter = new Reporter(
                control,
                services,
                new Registration(Optional.empty(), now.name(), now.labels(), ThisMachine.platform()));
        arranger = Thread.ofVirtual().name("household").start(() -> keepArranging(services));
        return List.of();
    }

    @Override
    public void reconfigure(Configuration all, Set<String> changed) {
        AgentConfig now = AgentConfig.from(all.section("agent"), ThisMachine.hostName());
        AgentConfig before = config;
        if (before != null && !before.name().equals(now.name())) {
            log.warn("agent.name changed from {} to {}: that needs a restart", before.name(), now.name());
        }
        config = now;
        Lendings<Engine, ExtensionContext> lent = engines;
        if (lent != null && changed.stream().anyMatch(key -> key.startsWith("plugins."))) {
            lent.forget();
            lent.renew();
        }
        Thread running = arranger;
        if (running != null) {
            java.util.concurrent.locks.LockSupport.unpark(running);
        }
    }

    @Override
    public List<String> notReady() {
        return List.of();
    }

    @Override
    public List<String> summary() {
        Household services = household;
        if (services == null) {
            return List.of();
        }
        List<String> lines = services.reports().stream().map(AgentApp::line).toList();
        return lines.isEmpty() ? List.of("no engine; start one, or name it under agent.services") : lines;
    }

    @Override
    public void close() {
        Thread arranging = arranger;
        if (arranging != null) {
            arranging.interrupt();
        }
        Reporter reporting = reporter;
        if (reporting != null) {
            reporting.close();
        }
        Household services = household;
        if (services != null) {
            services.close();
        }
    }

    private void arrange(Household services) {
        try {
            services.arrange(current());
            services.awaitFirstLooks(FIRST_LOOKS);
            services.arrange(current());
            services.awaitFirstLooks(FIRST_LOOKS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepArranging(Household services) {
        while (!Thread.currentThread().isInterrupted()) {
            java.util.concurrent.locks.LockSupport.parkNanos(BETWEEN_ARRANGEMENTS.toNanos());
            try {
                services.arrange(current());
            } catch (InterruptedException closed) {
                return;
            } catch (RuntimeException unforeseen) {
                log.error("Looking for engines failed", unforeseen);
            }
        }
    }

    private AgentConfig current() {
        AgentConfig now = config;
        if (now == null) {
            throw new IllegalStateException("the agent has not started");
        }
        return now;
    }

    private static Upstream way(Upstreams upstreams, String host, ServiceSpec spec) {
        Target target = Target.of(host + "/" + spec.name(), spec.base()).withTimeouts(QUICK);
        return upstreams.to(spec.key().map(target::withKey).orElse(target));
    }

    private static Upstream quickly(Upstreams upstreams, String name, URI base) {
        return upstreams.to(Target.of(name, base).withTimeouts(QUICK));
    }

    /** A line of the greeting, for example {@code llama: llamacpp b10488 at http://127.0.0.1:8080, healthy, serves m}. */
    private static String line(ServiceReport report) {
        Inventory inventory = report.inventory();
        StringBuilder line = new StringBuilder(report.name());
        if (inventory.simulated()) {
            line.append(" (its answers are made up)");
        } else {
            line.append(": ")
                    .append("%s %s"
                            .formatted(report.engine(), inventory.version())
                            .strip());
            if (report.reach() instanceof Reach.Direct direct) {
                line.append(" at ").append(direct.base());
            }
        }
        line.append(", ").append(inventory.health().wireName());
        if (!inventory.reason().isEmpty()) {
            line.append(" (")
                    .append(inventory.reason().replaceFirst("\\.$", ""))
                    .append(')');
        }
        return inventory.assets().isEmpty()
                ? line.toString()
                : line.append(", serves ").append(models(inventory.assets())).toString();
    }

    private static String models(List<Asset> assets) {
        String first = assets.stream().map(Asset::id).limit(MODELS_SHOWN).collect(Collectors.joining(", "));
        return assets.size() <= MODELS_SHOWN ? first : first + " and %d more".formatted(assets.size() - MODELS_SHOWN);
    }
}
