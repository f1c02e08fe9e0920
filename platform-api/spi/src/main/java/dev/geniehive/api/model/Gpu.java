package dev.geniehive.api.model;

import java.util.OptionalDouble;

/**
 * One GPU at one moment.
 *
 * @param id the vendor's unique id, stable over restarts
 * @param name the product's name
 * @param vendor {@code nvidia}, {@code amd}, {@code apple} or {@code intel}
 * @param memoryTotalBytes at least 1
 * @param memoryUsedBytes 0 to {@code memoryTotalBytes}
 * @param utilization share of time that it was busy, 0 to 1, if it says
 * @param temperatureCelsius if it says
 * @param powerWatts if it says
 */
public record Gpu(
        String id,
        String name,
        String vendor,
        long memoryTotalBytes,
        long memoryUsedBytes,
        OptionalDouble utilization,
        OptionalDouble temperatureCelsius,
        OptionalDouble powerWatts) {}
