package dev.geniehive.control.node;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Headers;
import dev.geniehive.api.model.Json;
import java.util.Map;
import java.util.Optional;

/**
 * A request of somebody who has shown a key.
 *
 * @param principal who that is
 * @param headers of the request
 * @param queries values of the query
 * @param document the body
 */
record Shown(String principal, Headers headers, Map<String, String> queries, Json document) implements ApiRequest {
    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/v1/nodes";
    }

    @Override
    public String param(String name) {
        return "";
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name));
    }

    @Override
    public Caller caller() {
        return new Caller(principal, "r1");
    }

    @Override
    public Body json() {
        return Body.of(document.utf8(), "application/json");
    }
}
