package dev.geniehive.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A node lives, and this is what it has.
 *
 * @param nodeId whose it is; empty where only the key of the request says so
 * @param generation grows by one whenever what the node has changes; starts anew with the node
 * @param services all of its services, where the control plane is not known to have this generation; one that is not
 *     among them is gone
 * @param telemetry how the machine feels, now and then
 * @param results what became of directives since the last heartbeat that was answered
 */
public record Heartbeat(
        String nodeId,
        long generation,
        Optional<List<ServiceReport>> services,
        Optional<Telemetry> telemetry,
        List<DirectiveResult> results) {
    public Heartbeat {
        services = services.map(List::copyOf);
        results = List.copyOf(results);
    }

    /** {@return the same heartbeat, of this node where it does not say whose it is} */
    public Heartbeat orOf(String node) {
        return nodeId.isEmpty() ? new Heartbeat(node, generation, services, telemetry, results) : this;
    }

    /** {@return a heartbeat with all services and nothing else} */
    public static Heartbeat full(String nodeId, long generation, List<ServiceReport> services) {
        return new Heartbeat(nodeId, generation, Optional.of(services), Optional.empty(), List.of());
    }
}
