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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The ways to services: by a connection of this process's own, or through the link of their node. The ways to services
 * that are asked directly are kept: to make one takes longer than to decide who gets a request.
 */
final class EngineWays implements Ways {
    private static final int MOST_KEPT = 4096;

    private final Upstreams upstreams;
    private final LinkHub hub;
    private final Supplier<RoutingRules> rules;
    private final Map<String, Way> kept = new ConcurrentHashMap<>();

    /** A way, and what it was made of. */
    private record Way(Reach.Direct reach, Timeouts timeouts, Upstream upstream) {
        boolean leads(Reach.Direct now, Timeouts allowed) {
            return reach.equals(now) && timeouts.equals(allowed);
        }
    }

    /**
     * @param upstreams connections of our own
     * @param hub links of nodes
     * @param rules how long to wait
     */
    EngineWays(Upstreams upstreams, LinkHub hub, Supplier<RoutingRules> rules) {
        this.upstreams = upstreams;
        this.hub = hub;
        this.rules = rules;
    }

    @Override
    public Upstream to(Service service) {
        RoutingRules now = rules.get();
        Timeouts timeouts = new Timeouts(
                now.connectTimeout(), now.firstByteTimeout(), now.streamIdleTimeout(), Timeouts.DEFAULT.write());
        return switch (service.reach()) {
            case Reach.Direct direct -> direct(service.id(), direct, timeouts);
            case Reach.Link link -> hub.to(service.host(), service.name(), service.id(), timeouts);
        };
    }

    private Upstream direct(String service, Reach.Direct reach, Timeouts timeouts) {
        Way known = kept.get(service);
        if (known != null && known.leads(reach, timeouts)) {
            return known.upstream();
        }
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        Target target = Target.of(service, reach.base()).withTimeouts(timeouts);
        Upstream made = upstreams.to(reach.key().map(target::withKey).orElse(target));
        kept.put(service, new Way(reach, timeouts, made));
        return made;
    }
}
