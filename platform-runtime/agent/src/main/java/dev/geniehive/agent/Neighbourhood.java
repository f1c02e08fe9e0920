package dev.geniehive.agent;

import dev.geniehive.agent.discovery.AgentConfig;
import dev.geniehive.agent.discovery.Discovery;
import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.agent.join.Identities;
import dev.geniehive.agent.join.Identity;
import dev.geniehive.agent.report.Household;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.kernel.app.AppContext;
import dev.geniehive.kernel.upstream.Endpoint;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The ways around this machine: to its engines, for a quick look, and not to ourselves. */
record Neighbourhood(AppContext context, Supplier<AgentConfig> config, Identities identities) {
    private static final Timeouts QUICK =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));

    Household household(PluginEngines engines) {
        Discovery discovery = new Discovery(
                engines,
                base -> context.upstreams()
                        .to(Target.of("server at " + base, base).withTimeouts(QUICK)));
        String host = config.get().name();
        return new Household(engines, discovery, spec -> way(host, spec), context.ticker(), this::ownPorts);
    }

    private Upstream way(String host, ServiceSpec spec) {
        Target target = Target.of(host + "/" + spec.name(), spec.base()).withTimeouts(QUICK);
        return context.upstreams().to(spec.key().map(target::withKey).orElse(target));
    }

    /** This process, and control planes of this machine that run on their own. */
    private Set<Integer> ownPorts() {
        Set<Integer> ports = new HashSet<>();
        ports.add(context.port() > 0 ? context.port() : context.address().getPort());
        Stream.concat(
                        config.get().controls().urls().stream(),
                        identities.all().stream().map(Identity::url))
                .forEach(url -> portHere(url).ifPresent(ports::add));
        return ports;
    }

    private static Optional<Integer> portHere(URI url) {
        ServiceSpec there = new ServiceSpec(
                "control", Optional.empty(), url, Terms.NONE, Optional.empty(), ServiceSpec.Origin.CONFIGURED);
        return there.portHere().isPresent() ? Optional.of(Endpoint.of(url).port()) : Optional.empty();
    }
}
