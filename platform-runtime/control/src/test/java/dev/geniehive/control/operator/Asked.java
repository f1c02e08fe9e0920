package dev.geniehive.control.operator;

import dev.geniehive.api.host.ApiRequest;
import dev.geniehive.api.host.Body;
import dev.geniehive.api.host.Caller;
import dev.geniehive.api.model.Headers;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the operator.
 *
 * @param params values of the route's pattern
 * @param queries values of the query
 */
record Asked(Map<String, String> params, Map<String, String> queries) implements ApiRequest {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/v1/cluster";
    }

    @Override
    public String param(String name) {
        return params.getOrDefault(name, "");
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name));
    }

    @Override
    public Headers headers() {
        return Headers.NONE;
    }

    @Override
    public Caller caller() {
        return new Caller("admin", "r1");
    }

    @Override
    public Body json() {
        return Body.empty();
    }
}
