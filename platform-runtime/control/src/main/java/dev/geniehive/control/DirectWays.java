package dev.geniehive.control;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.control.gateway.Ways;
import dev.geniehive.control.hive.Service;
import dev.geniehive.control.routing.RoutingRules;
import dev.geniehive.kernel.upstream.Target;
import dev.geniehive.kernel.upstream.Timeouts;
import dev.geniehive.kernel.upstream.Upstreams;
import dev.geniehive.protocol.Reach;
import java.util.function.Supplier;

/** The ways to services that this process reaches by itself. */
record DirectWays(Upstreams upstreams, Supplier<RoutingRules> rules) implements Ways {
    @Override
    public Upstream to(Service service) {
        RoutingRules now = rules.get();
        return switch (service.reach()) {
            case Reach.Direct direct -> {
                Target target = Target.of(service.id(), direct.base())
                        .withTimeouts(new Timeouts(
                                now.connectTimeout(),
                                now.firstByteTimeout(),
                                now.streamIdleTimeout(),
                                Timeouts.DEFAULT.write()));
                yield upstreams.to(direct.key().map(target::withKey).orElse(target));
            }
            case Reach.Link link -> throw new IllegalStateException("not yet: " + link);
        };
    }
}
