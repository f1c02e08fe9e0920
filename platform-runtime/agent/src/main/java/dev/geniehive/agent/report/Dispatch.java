package dev.geniehive.agent.report;

import dev.geniehive.api.model.Asset;
import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.protocol.DirectiveResult;
import dev.geniehive.protocol.Heartbeat;
import dev.geniehive.protocol.HeartbeatAnswer;
import dev.geniehive.protocol.ServiceReport;
import dev.geniehive.protocol.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the next heartbeat says: services only where the control plane does not have them, telemetry now and then. Used by
 * one thread.
 */
final class Dispatch {
    private static final long BETWEEN_TELEMETRY = Duration.ofSeconds(5).toNanos();

    private List<ServiceReport> reports = List.of();
    private long generation;
    private boolean wanted = true;
    private Set<Essence> delivered = Set.of();
    private Optional<Heartbeat> sent = Optional.empty();
    private Optional<Long> telemetryAt = Optional.empty();

    /** What about a service is worth a heartbeat of its own. */
    private record Essence(String service, ServiceHealth health, Set<Model> models) {}

    private record Model(String id, boolean loaded) {}

    /** The control plane has nothing of this node: it was registered. */
    void startAnew() {
        wanted = true;
        telemetryAt = Optional.empty();
    }

    /**
     * {@return the next heartbeat}
     *
     * @param now what there is
     * @param telemetry asked only if it is due
     * @param nanos the moment
     */
    Heartbeat next(
            String nodeId,
            List<ServiceReport> now,
            List<DirectiveResult> results,
            Supplier<Optional<Telemetry>> telemetry,
            long nanos) {
        if (generation == 0 || !now.equals(reports)) {
            generation++;
            reports = List.copyOf(now);
            wanted = true;
        }
        boolean isDue = telemetryAt.stream().noneMatch(at -> nanos - at < BETWEEN_TELEMETRY);
        Optional<Telemetry> feeling = isDue ? telemetry.get() : Optional.empty();
        if (feeling.isPresent()) {
            telemetryAt = Optional.of(nanos);
        }
        Heartbeat next =
                new Heartbeat(nodeId, generation, wanted ? Optional.of(reports) : Optional.empty(), feeling, results);
        sent = Optional.of(next);
        return next;
    }

    /** The last heartbeat arrived. */
    void answered(HeartbeatAnswer answer) {
        sent.flatMap(Heartbeat::services).ifPresent(services -> delivered = essence(services));
        wanted = answer.resend();
    }

    /** {@return whether this differs so much from what the control plane has that it should know at once} */
    boolean matters(List<ServiceReport> now) {
        return wanted || !essence(now).equals(delivered);
    }

    private static Set<Essence> essence(List<ServiceReport> reports) {
        return reports.stream()
                .map(report -> new Essence(
                        report.name(),
                        report.inventory().health(),
                        report.inventory().assets().stream()
                                .map(Dispatch::model)
                                .collect(Collectors.toSet())))
                .collect(Collectors.toSet());
    }

    private static Model model(Asset asset) {
        return new Model(asset.id(), asset.loaded());
    }
}
