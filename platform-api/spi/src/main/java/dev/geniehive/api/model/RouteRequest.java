package dev.geniehive.api.model;

/**
 * What has to be routed.
 *
 * @param operation what the client asks for
 * @param model the name the client used: an asset, an alias or a role
 * @param facts what the body says about the request
 */
public record RouteRequest(Operation operation, String model, BodyFacts facts) {
    public RouteRequest(Operation operation, String model) {
        this(operation, model, BodyFacts.of(model, false));
    }
}
