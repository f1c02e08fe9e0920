package dev.geniehive.store;

import java.time.Instant;

/**
 * What was learned about how a service serves a model.
 *
 * @param service its id
 * @param model what the service calls it
 * @param numbers JSON
 * @param at when it was written
 */
public record StoredPerformance(String service, String model, String numbers, Instant at) {}
