package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.agent.report.Household;
import dev.geniehive.agent.report.Reporter;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.spi.Engine;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.plugin.Lendings;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.kernel.upstream.Upstreams;
import dev.geniehive.protocol.ControlPlane;
import dev.geniehive.protocol.Registration;
import dev.geniehive.protocol.ServiceReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms of an agent that runs. */
record Parts(
        AtomicReference<AgentConfig> config,
        Lendings<Engine, ExtensionContext> engines,
        Household household,
        Reporter reporter,
        Arranger arranger)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);
    private static final Duration FIRST_LOOKS = Duration.ofSeconds(10);
    private static final Timeouts QUICK =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));

    /** Finds what is there, reports it once, and goes on doing both. */
    static Parts start(AppContext context, AgentConfig config) {
        ControlPlane control = context.shared(ControlPlane.class)
                .orElseThrow(() -> new IllegalStateException("there is no control plane in this process"));
        Lendings<Engine, ExtensionContext> engines =
                new Lendings<>(context.extensions(), ExtensionPoint.ENGINE, context::extensionContext);
        context.extensions().onChange(engines::renew);
        engines.renew();
        Household household = household(context, config, new PluginEngines(engines));
        try {
            arrange(household, config);
            Registration introduction = new Registration(
                    Optional.empty(), config.name(), "", context.version(), config.labels(), ThisMachine.platform());
            Reporter reporter = new Reporter(control, household, introduction);
            AtomicReference<AgentConfig> current = new AtomicReference<>(config);
            return new Parts(current, engines, household, reporter, new Arranger(household, current::get));
        } catch (RuntimeException failed) {
            household.close();
            throw failed;
        }
    }

    private static Household household(AppContext context, AgentConfig config, PluginEngines engines) {
        Upstreams upstreams = context.upstreams();
        Discovery discovery = new Discovery(
                engines,
                base -> upstreams.to(Target.of("server at " + base, base).withTimeouts(QUICK)));
        return new Household(
                engines, discovery, spec -> way(upstreams, config.name(), spec), context.ticker(), context.port());
    }

    private static Upstream way(Upstreams upstreams, String host, ServiceSpec spec) {
        Target target = Target.of(host + "/" + spec.name(), spec.base()).withTimeouts(QUICK);
        return upstreams.to(spec.key().map(target::withKey).orElse(target));
    }

    /** Twice, since whether the simulator is needed shows only when the others were looked at. */
    private static void arrange(Household household, AgentConfig config) {
        try {
            for (int round = 0; round < 2; round++) {
                household.arrange(config);
                household.awaitFirstLooks(FIRST_LOOKS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes over a configuration; what changed in it is done soon. */
    void reconfigure(AgentConfig now, Set<String> changed) {
        AgentConfig before = config.getAndSet(now);
        if (!before.name().equals(now.name())) {
            log.warn("agent.name changed from {} to {}: that needs a restart", before.name(), now.name());
        }
        if (changed.stream().anyMatch(key -> key.startsWith("plugins."))) {
            engines.forget();
            engines.renew();
        }
        arranger.soon();
    }

    List<ServiceReport> reports() {
        return household.reports();
    }

    @Override
    public void close() {
        arranger.close();
        reporter.close();
        household.close();
    }
}
