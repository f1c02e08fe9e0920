package dev.geniehive.protocol;

import java.util.List;

/**
 * A node lives, and this is what it has.
 *
 * @param nodeId whose it is
 * @param services all of its services; one that is not among them is gone
 */
public record Heartbeat(String nodeId, List<ServiceReport> services) {
    public Heartbeat {
        services = List.copyOf(services);
    }
}
