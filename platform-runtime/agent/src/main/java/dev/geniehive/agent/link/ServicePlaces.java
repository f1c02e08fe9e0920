package dev.geniehive.agent.link;

import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.agent.report.Household.Minded;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.kernel.link.LinkServices;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Hands out places at the services of this machine to all links together, so that several control planes do not load an
 * engine beyond its limit. The limit is what the operator said, else how many requests the engine says it works on at
 * once, else none.
 *
 * <p>A control plane in the same process goes to the engines directly, and is not counted here.
 */
public final class ServicePlaces implements LinkServices {
    private final String host;
    private final Function<String, Optional<Minded>> services;
    private final Function<ServiceSpec, Upstream> ways;
    private final ConcurrentMap<String, AtomicInteger> taken = new ConcurrentHashMap<>();

    /**
     * @param host what this machine is called in messages
     * @param services finds what is minded, by name
     * @param ways makes the way to an engine; cheap. Its timeouts are long, since the control plane's rule
     */
    public ServicePlaces(
            String host, Function<String, Optional<Minded>> services, Function<ServiceSpec, Upstream> ways) {
        this.host = host;
        this.services = services;
        this.ways = ways;
    }

    @Override
    public Place take(String service) {
        Minded minded = services.apply(service)
                .orElseThrow(() -> new UpstreamException(
                        UpstreamException.Failure.REFUSED,
                        false,
                        "Host %s has no service called '%s' now.".formatted(host, service)));
        AtomicInteger count = taken.computeIfAbsent(service, absent -> new AtomicInteger());
        OptionalInt limit = limit(minded);
        if (!enter(count, limit)) {
            throw new UpstreamException(
                    UpstreamException.Failure.BUSY,
                    false,
                    "%s/%s works on %d requests already, which is its limit."
                            .formatted(host, service, limit.orElseThrow()));
        }
        return place(minded.spec(), count);
    }

    /** {@return how many places at a service are taken} */
    int taken(String service) {
        AtomicInteger count = taken.get(service);
        return count == null ? 0 : count.get();
    }

    private Place place(ServiceSpec spec, AtomicInteger count) {
        try {
            return new TakenPlace(ways.apply(spec), count);
        } catch (RuntimeException failed) {
            count.decrementAndGet();
            throw failed;
        }
    }

    private static boolean enter(AtomicInteger count, OptionalInt limit) {
        while (true) {
            int now = count.get();
            if (limit.isPresent() && now >= limit.getAsInt()) {
                return false;
            }
            if (count.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    private static OptionalInt limit(Minded minded) {
        OptionalInt said = minded.spec().terms().maxConcurrent();
        Optional<Slots> slots = minded.inventory().slots();
        return said.isEmpty() && slots.isPresent() ? OptionalInt.of(slots.get().total()) : said;
    }

    /** Given back once, however often it is closed. */
    private static final class TakenPlace implements Place {
        private final Upstream upstream;
        private final AtomicInteger count;
        private final AtomicBoolean given = new AtomicBoolean();

        TakenPlace(Upstream upstream, AtomicInteger count) {
            this.upstream = upstream;
            this.count = count;
        }

        @Override
        public Upstream upstream() {
            return upstream;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                count.decrementAndGet();
            }
        }
    }
}
