package dev.geniehive.api.host;

import dev.geniehive.api.model.Headers;

/**
 * A request to an engine.
 *
 * @param method for example {@code POST}
 * @param path from the engine's base address on, starting with a slash; may carry a query
 * @param headers what the engine should see beyond what the platform sends by itself (host, length, type, key)
 * @param body its bytes; {@link Body#empty()} for none
 */
public record UpstreamRequest(String method, String path, Headers headers, Body body) {
    public UpstreamRequest {
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new IllegalArgumentException(
                    "a path starts with a slash and holds visible ASCII only, was '%s'".formatted(path));
        }
        if (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            throw new IllegalArgumentException("a method is in capital letters, was '%s'".formatted(method));
        }
    }

    /** {@return a request without a body} */
    public static UpstreamRequest get(String path) {
        return new UpstreamRequest("GET", path, Headers.NONE, Body.empty());
    }

    /** {@return a request with a body} */
    public static UpstreamRequest post(String path, Body body) {
        return new UpstreamRequest("POST", path, Headers.NONE, body);
    }
}
