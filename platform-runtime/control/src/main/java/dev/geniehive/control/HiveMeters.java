package dev.geniehive.control;

import dev.geniehive.api.model.ServiceHealth;
import dev.geniehive.control.hive.Hive;
import dev.geniehive.control.hive.Host;
import dev.geniehive.kernel.meter.Meters;
import dev.geniehive.kernel.meter.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows what there is and how it feels as gauges, for as long as it is open. */
final class HiveMeters implements AutoCloseable {
    private final List<Shown> shown = new ArrayList<>();

    HiveMeters(Meters meters, Hive hive) {
        for (Host.Status status : Host.Status.values()) {
            shown.add(meters.gauge(
                    "geniehive.hosts",
                    "Machines with a node agent.",
                    Map.of("status", status.wireName()),
                    () -> hive.snapshot().hosts().values().stream()
                            .filter(host -> host.status() == status)
                            .count()));
        }
        for (ServiceHealth health : ServiceHealth.values()) {
            shown.add(meters.gauge(
                    "geniehive.services",
                    "Engines of hosts that are not lost.",
                    Map.of("status", health.wireName()),
                    () -> hive.snapshot().services().values().stream()
                            .filter(service -> service.health() == health)
                            .count()));
        }
        shown.add(meters.gauge(
                "geniehive.in_flight",
                "Requests that engines have now.",
                Map.of(),
                () -> hive.snapshot().services().values().stream()
                        .mapToInt(service -> service.gauge().inFlight())
                        .sum()));
    }

    @Override
    public void close() {
        shown.forEach(Shown::close);
    }
}
