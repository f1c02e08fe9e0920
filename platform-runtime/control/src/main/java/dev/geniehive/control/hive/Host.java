package dev.geniehive.control.hive;

import dev.geniehive.protocol.Platform;
import dev.geniehive.protocol.Registration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A machine with a node agent. When it was last heard of is not here: it changes with every heartbeat, and only
 * {@link Hive} knows.
 *
 * @param id unique in the hive, stable over restarts of the node
 * @param name what its operator calls it
 * @param online whether it was heard of lately
 * @param draining whether it gets no new requests because the operator said so
 * @param version of its agent, empty if it does not say
 * @param labels the operator's own words about it
 * @param platform what machine it is
 * @param services what it reported last, in its order
 */
public record Host(
        String id,
        String name,
        boolean online,
        boolean draining,
        String version,
        Map<String, String> labels,
        Platform platform,
        List<Service> services) {
    public Host {
        labels = Map.copyOf(labels);
        services = List.copyOf(services);
    }

    /** What a host is good for now. */
    public enum Status {
        /** It gets requests. */
        ONLINE,
        /** It ends the requests that it has, and gets no new ones. */
        DRAINING,
        /** It has not been heard of; what it served is known, and cannot be served. */
        LOST;

        /** {@return the name in JSON, for example {@code online}} */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@return every model of its services, in their order} */
    public Stream<Offer> assets() {
        Status now = status();
        return services.stream()
                .flatMap(service -> service.inventory().assets().stream()
                        .map(asset -> new Offer(service, asset, Offer.Kind.ASSET, now)));
    }

    public Status status() {
        if (!online) {
            return Status.LOST;
        }
        return draining ? Status.DRAINING : Status.ONLINE;
    }

    static Host of(String id, Registration said, boolean online, boolean draining, List<Service> services) {
        return new Host(id, said.name(), online, draining, said.version(), said.labels(), said.platform(), services);
    }

    Host with(boolean isOnline, List<Service> reported) {
        return new Host(id, name, isOnline, draining, version, labels, platform, reported);
    }

    Host draining(boolean isDraining) {
        return new Host(id, name, online, isDraining, version, labels, platform, services);
    }
}
