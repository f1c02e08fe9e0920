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
        if (!path.startsWith("/") || !isWithin(path, '!', '~')) {
            throw new IllegalArgumentException(
                    "a path starts with a slash and holds visible ASCII only, was '%s'".formatted(path));
        }
        if (method.isEmpty() || !isWithin(method, 'A', 'Z')) {
            throw new IllegalArgumentException("a method is in capital letters, was '%s'".formatted(method));
        }
    }

    private static boolean isWithin(String text, char first, char last) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < first || text.charAt(i) > last) {
                return false;
            }
        }
        return true;
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
