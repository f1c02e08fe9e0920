package dev.geniehive.protocol;

import dev.geniehive.api.model.Json;

/** How a machine feels as JSON. What is not known is absent. */
final class TelemetryJson {
    private TelemetryJson() {}

    static Json.Obj of(Telemetry telemetry) {
        Json.Obj json = Json.object();
        if (telemetry.cpuLoad().isPresent()) {
            json = json.put("cpu_load", telemetry.cpuLoad().getAsDouble());
        }
        if (telemetry.gpuUtilization().isPresent()) {
            json = json.put("gpu_utilization", telemetry.gpuUtilization().getAsDouble());
        }
        return json.putIfPresent("memory_available_bytes", telemetry.memoryAvailableBytes())
                .putIfPresent("disk_free_bytes", telemetry.diskFreeBytes())
                .putIfPresent("uptime_seconds", telemetry.uptimeSeconds());
    }

    static Telemetry read(Members from) {
        return new Telemetry(
                from.optionalDecimal("cpu_load"),
                from.optionalNumber("memory_available_bytes", 0),
                from.optionalNumber("disk_free_bytes", 0),
                from.optionalNumber("uptime_seconds", 0),
                from.optionalDecimal("gpu_utilization"));
    }
}
