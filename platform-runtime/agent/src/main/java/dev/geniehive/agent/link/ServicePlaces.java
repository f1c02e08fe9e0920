package dev.geniehive.agent.link;

import dev.geniehive.agent.discovery.ServiceSpec;
import dev.geniehive.agent.report.Household.Minded;
import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.Slots;
import dev.geniehive.api.model.UpstreamException;
import dev.geniehive.kernel.link.LinkServices;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Hands out places at the services of this machine to all links together, so that several control planes do not load an
 * engine beyond its limit. The limit is what the operator said, else how many requests the engine says it works on at
 * once, else none.
 *
 * <p>Where all are taken, a request waits a little: a control plane that hung up on one request may send the next before
 * the engine has let go of the first.
 *
 * <p>A control plane in the same process goes to the engines directly, and is not counted here.
 */
public final class ServicePlaces implements LinkServices {
    /** So long may it take until an engine has noticed that a request was hung up on. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String host;
    private final Function<String, Optional<Minded>> services;
    private final Function<ServiceSpec, Upstream> ways;
    private final Duration patience;
    private final ConcurrentMap<String, Seats> seats = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Way> known = new ConcurrentHashMap<>();

    private record Way(ServiceSpec spec, Upstream upstream) {}

    /**
     * @param host what this machine is called in messages
     * @param services finds what is minded, by name
     * @param ways makes the way to an engine; cheap. Its timeouts are long, since the control plane's rule
     */
    public ServicePlaces(
            String host, Function<String, Optional<Minded>> services, Function<ServiceSpec, Upstream> ways) {
        this(host, services, ways, PATIENCE);
    }

    ServicePlaces(
            String host,
            Function<String, Optional<Minded>> services,
            Function<ServiceSpec, Upstream> ways,
            Duration patience) {
        this.host = host;
        this.services = services;
        this.ways = ways;
        this.patience = patience;
    }

    @Override
    public Place take(String service) throws InterruptedException {
        Minded minded = services.apply(service)
                .orElseThrow(() -> new UpstreamException(
                        UpstreamException.Failure.REFUSED,
                        false,
                        "Host %s has no service called '%s' now.".formatted(host, service)));
        Seats here = seats.computeIfAbsent(service, absent -> new Seats());
        OptionalInt limit = limit(minded);
        if (!here.take(limit.orElse(Integer.MAX_VALUE), patience)) {
            throw new UpstreamException(
                    UpstreamException.Failure.BUSY,
                    false,
                    "%s/%s works on %d requests already, which is its limit."
                            .formatted(host, service, limit.orElseThrow()));
        }
        return place(minded.spec(), here);
    }

    /** {@return how many places at a service are taken} */
    int taken(String service) {
        Seats here = seats.get(service);
        return here == null ? 0 : here.taken();
    }

    private Place place(ServiceSpec spec, Seats here) {
        try {
            return new TakenPlace(way(spec), here);
        } catch (RuntimeException failed) {
            here.give();
            throw failed;
        }
    }

    /** Kept as long as the service is the same: to find out where an address leads takes longer than a look at it. */
    private Upstream way(ServiceSpec spec) {
        Way last = known.get(spec.name());
        if (last != null && last.spec().equals(spec)) {
            return last.upstream();
        }
        Upstream fresh = ways.apply(spec);
        known.put(spec.name(), new Way(spec, fresh));
        return fresh;
    }

    private static OptionalInt limit(Minded minded) {
        OptionalInt said = minded.spec().terms().maxConcurrent();
        Optional<Slots> slots = minded.inventory().slots();
        return said.isEmpty() && slots.isPresent() ? OptionalInt.of(slots.get().total()) : said;
    }

    /** Given back once, however often it is closed. */
    private static final class TakenPlace implements Place {
        private final Upstream upstream;
        private final Seats seats;
        private final AtomicBoolean given = new AtomicBoolean();

        TakenPlace(Upstream upstream, Seats seats) {
            this.upstream = upstream;
            this.seats = seats;
        }

        @Override
        public Upstream upstream() {
            return upstream;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                seats.give();
            }
        }
    }
}
