package dev.geniehive.agent.discovery;

import dev.geniehive.api.host.Upstream;
import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.model.Recognition;
import dev.geniehive.api.model.UpstreamException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for engines on the usual ports of the loopback address. */
public final class Discovery {
    private static final Logger log = LoggerFactory.getLogger(Discovery.class);

    private final Engines engines;
    private final Function<URI, Upstream> probe;
    private final Strangers strangers = new Strangers();

    /**
     * An engine that was recognised.
     *
     * @param engine which one
     * @param base where it listens
     * @param certainty how sure that is
     * @param version its version, empty if it does not say
     */
    public record Found(String engine, URI base, Recognition.Certainty certainty, String version) {}

    /** @param probe makes a way to an address, with timeouts that suit a quick look */
    public Discovery(Engines engines, Function<URI, Upstream> probe) {
        this.engines = engines;
        this.probe = probe;
    }

    /**
     * What a look at an address showed.
     *
     * @param answers whether anybody is there
     * @param best who is surest to know the server there
     */
    private record Seen(URI base, boolean answers, Optional<Found> best) {}

    /**
     * Looks once, at all ports at the same time. Servers that nobody knew are left alone for a while.
     *
     * @param except ports that are not to be looked at: known already, or our own
     * @return what was found, by port
     */
    public List<Found> look(Set<Integer> except) throws InterruptedException {
        NavigableSet<Integer> ports = new TreeSet<>();
        engines.usualPorts().values().forEach(ports::addAll);
        ports.removeAll(except);
        List<Seen> all = see(ports.stream()
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .filter(base -> !strangers.isLeftAlone(base))
                .toList());
        for (Seen seen : all) {
            if (seen.answers() && seen.best().isEmpty()) {
                strangers.nobodyKnew(seen.base());
            } else {
                strangers.forget(seen.base());
            }
        }
        return found(all);
    }

    /** {@return what listens at these addresses, as far as it is recognised; looked at all at the same time} */
    public List<Found> identify(Collection<URI> addresses) throws InterruptedException {
        return found(see(addresses));
    }

    /** {@return the engine that is surest to know the server there; empty if nobody answers, or nobody knows it} */
    public Optional<Found> identify(URI base) throws InterruptedException {
        return see(base).best();
    }

    private static List<Found> found(List<Seen> all) {
        return all.stream().flatMap(seen -> seen.best().stream()).toList();
    }

    private List<Seen> see(Collection<URI> addresses) throws InterruptedException {
        List<Callable<Seen>> looks = new ArrayList<>();
        addresses.forEach(base -> looks.add(() -> see(base)));
        List<Seen> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Seen> look : threads.invokeAll(looks)) {
                result(look).ifPresent(all::add);
            }
        }
        return all;
    }

    private Seen see(URI base) throws InterruptedException {
        Upstream upstream = new Glance(probe.apply(base));
        List<Found> claims = new ArrayList<>();
        for (String engine : engines.names().stream().sorted().toList()) {
            try {
                if (engines.fingerprint(engine, upstream) instanceof Recognition.Recognised seen) {
                    claims.add(new Found(engine, base, seen.certainty(), seen.version()));
                }
            } catch (UpstreamException silent) {
                if (nobodyIsThere(silent)) {
                    return new Seen(base, false, Optional.empty());
                }
            } catch (GenieException broken) {
                log.debug("Engine {} did not judge {}: {}", engine, base, broken.getMessage());
            }
        }
        return new Seen(base, true, claims.stream().max(Comparator.comparing(Found::certainty)));
    }

    /** Others need not ask then; after all other failures another engine's question may be answered. */
    private static boolean nobodyIsThere(UpstreamException failure) {
        return switch (failure.failure()) {
            case REFUSED, CONNECT_TIMED_OUT -> true;
            default -> false;
        };
    }

    private static Optional<Seen> result(Future<Seen> look) throws InterruptedException {
        try {
            return Optional.of(look.get());
        } catch (ExecutionException broken) {
            log.warn("A look at a port failed", broken);
            return Optional.empty();
        }
    }
}
