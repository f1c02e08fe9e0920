package dev.geniehive.kernel.upstream;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.host.UpstreamRequest;
import dev.geniehive.kernel.app.Ticker;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The client to engines: makes {@link Upstream}s, and owns their connections. One for a process is enough.
 *
 * <p>Upstreams with the same endpoint and dialer share connections, whatever their names, keys and timeouts. Safe for
 * use by many threads at once.
 */
public final class Upstreams implements AutoCloseable {
    private final PoolSettings settings;
    private final Ticker ticker;
    private final Dialer sockets;
    private final Watchdog watchdog;
    private final ConcurrentMap<Place, Pool> pools = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Place(Endpoint endpoint, Dialer dialer) {}

    /** @param sockets opens connections where nothing else is said */
    public Upstreams(PoolSettings settings, Ticker ticker, Dialer sockets) {
        this.settings = settings;
        this.ticker = ticker;
        this.sockets = sockets;
        this.watchdog = new Watchdog(ticker, () -> pools.values().forEach(Pool::prune));
        watchdog.start();
    }

    /** {@return a client with the default settings, over sockets} */
    public static Upstreams overSockets() {
        return new Upstreams(PoolSettings.DEFAULT, Ticker.system(), Dialer.sockets());
    }

    /** {@return the way to an engine; cheap, opens nothing} */
    public Upstream to(Target target) {
        return to(target, sockets);
    }

    /** {@return the way to an engine over streams of another kind} */
    public Upstream to(Target target, Dialer dialer) {
        return new PooledUpstream(this, target, dialer);
    }

    Call call(PooledUpstream upstream, UpstreamRequest request, byte[] head) {
        if (closed) {
            throw Failures.of(upstream.target(), request).closed();
        }
        Place place = new Place(upstream.endpoint(), upstream.dialer());
        Pool pool = pools.get(place);
        if (pool == null) {
            pool = pools.computeIfAbsent(place, absent -> new Pool(settings, ticker, watchdog));
        }
        return new Call(upstream, pool, ticker, request, head);
    }

    /** {@return the connections at this moment, an entry for each endpoint and dialer, in no order} */
    public List<PoolState> pools() {
        return pools.entrySet().stream()
                .map(entry -> entry.getValue().state(entry.getKey().endpoint()))
                .toList();
    }

    /**
     * Closes the idle connections to an endpoint that is gone, and keeps none of those that are in use. Replies that
     * are being read go on. Who asks there again starts anew.
     */
    public void forget(Endpoint endpoint) {
        for (Place place : List.copyOf(pools.keySet())) {
            if (place.endpoint().equals(endpoint)) {
                Pool pool = pools.remove(place);
                if (pool != null) {
                    pool.retire();
                }
            }
        }
    }

    /** Hangs up on everybody. Running requests fail as cancelled, later ones too. */
    @Override
    public void close() {
        closed = true;
        watchdog.close();
        pools.keySet().forEach(place -> forget(place.endpoint()));
    }
}
