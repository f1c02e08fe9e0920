package dev.geniehive.control.hive;

import dev.geniehive.protocol.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A machine with a node agent.
 *
 * @param id unique in the hive, stable over restarts of the node
 * @param name what its operator calls it
 * @param online whether it was heard of lately
 * @param lastSeen when it was last heard of, by the wall clock; for people
 * @param labels the operator's own words about it
 * @param platform what machine it is
 * @param services what it reported last, in its order
 */
public record Host(
        String id,
        String name,
        boolean online,
        Instant lastSeen,
        Map<String, String> labels,
        Platform platform,
        List<Service> services) {
    public Host {
        labels = Map.copyOf(labels);
        services = List.copyOf(services);
    }

    Host with(boolean isOnline, Instant seen, List<Service> reported) {
        return new Host(id, name, isOnline, seen, labels, platform, reported);
    }

    /** {@return whether all is the same but the moment when it was last heard of} */
    boolean isLike(Host other) {
        return with(online, other.lastSeen, services).equals(other);
    }
}
