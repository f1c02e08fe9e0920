package dev.geniehive.api.host;

import dev.geniehive.api.model.Operation;

/**
 * What a facade asks the gateway for: one operation, in OpenAI's shape.
 *
 * @param operation what is wanted
 * @param body the request in the operation's own shape; its facts say for which model
 * @param caller on whose behalf
 */
public record Ask(Operation operation, Body body, Caller caller) {}
