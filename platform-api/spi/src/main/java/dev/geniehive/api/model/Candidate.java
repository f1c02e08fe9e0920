package dev.geniehive.api.model;

/**
 * One service that could answer a request.
 *
 * @param service its id, {@code HOST/NAME}
 * @param host the id of the host it runs on
 * @param asset what the service calls the model
 * @param signals what was measured about it
 */
public record Candidate(String service, String host, String asset, Signals signals) {}
