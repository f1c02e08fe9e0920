package dev.geniehive.control.hive;

import dev.geniehive.api.model.Json;
import java.time.Duration;

/**
 * What was learned about how a service serves a model, as it was written down.
 *
 * @param service its id
 * @param model what the service calls it
 * @param numbers what {@link dev.geniehive.control.hive.performance.Performance#json} gave
 * @param age how long ago that was
 */
public record Learned(String service, String model, Json numbers, Duration age) {}
