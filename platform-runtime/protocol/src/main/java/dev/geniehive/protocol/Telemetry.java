package dev.geniehive.protocol;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a machine feels. What cannot be read is absent.
 *
 * @param cpuLoad share of all processors that is busy, 0 to 1
 * @param memoryAvailableBytes what programs could still get
 * @param diskFreeBytes on the disk of the node's home
 * @param uptimeSeconds since the machine started
 * @param gpuUtilization share of time that the busiest GPU is busy, 0 to 1
 */
public record Telemetry(
        OptionalDouble cpuLoad,
        OptionalLong memoryAvailableBytes,
        OptionalLong diskFreeBytes,
        OptionalLong uptimeSeconds,
        OptionalDouble gpuUtilization) {
    /** A machine that says nothing about GPUs. */
    public Telemetry(
            OptionalDouble cpuLoad,
            OptionalLong memoryAvailableBytes,
            OptionalLong diskFreeBytes,
            OptionalLong uptimeSeconds) {
        this(cpuLoad, memoryAvailableBytes, diskFreeBytes, uptimeSeconds, OptionalDouble.empty());
    }
}
