package dev.geniehive.control;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.control.gateway.Ways;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.kernel.link.LinkHub;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.kernel.upstream.Upstreams;
import dev.geniehive.protocol.Reach;
import java.util.function.Supplier;

/**
 * The ways to services: by a connection of this process's own, or through the link of their node.
 *
 * @param upstreams connections of our own
 * @param hub links of nodes
 * @param rules how long to wait
 */
record EngineWays(Upstreams upstreams, LinkHub hub, Supplier<RoutingRules> rules) implements Ways {
    @Override
    public Upstream to(Service service) {
        RoutingRules now = rules.get();
        Timeouts timeouts = new Timeouts(
                now.connectTimeout(), now.firstByteTimeout(), now.streamIdleTimeout(), Timeouts.DEFAULT.write());
        return switch (service.reach()) {
            case Reach.Direct direct -> {
                Target target = Target.of(service.id(), direct.base()).withTimeouts(timeouts);
                yield upstreams.to(direct.key().map(target::withKey).orElse(target));
            }
            case Reach.Link link -> hub.to(service.host(), service.name(), service.id(), timeouts);
        };
    }
}
