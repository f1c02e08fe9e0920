package dev.geniehive.api.spi;

import dev.geniehive.api.host.Body;
import dev.geniehive.api.model.Operation;

/**
 * One request for one service.
 *
 * @param operation what is wanted
 * @param asset what the engine calls the model
 * @param body what the client sent, in OpenAI's shape and with the client's name for the model
 */
public record Invocation(Operation operation, String asset, Body body) {}
