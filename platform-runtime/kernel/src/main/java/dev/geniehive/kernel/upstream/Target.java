package dev.geniehive.kernel.upstream;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One engine, and how to talk to it.
 *
 * @param name what to call it in messages, for example {@code workshop/llama}; never an address
 * @param base its address: http or https, a host, perhaps a port and a path that goes before every request's. Without
 *     user, query and fragment
 * @param timeouts how long to wait for it
 * @param key sent as a bearer token; none if absent. Never printed
 * @param maxConnections no connection is opened while the endpoint has so many; at least 1
 */
public record Target(
        String name, URI base, Timeouts timeouts, @Nullable String key, int maxConnections) {
    /** As many connections as there are requests. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public Target {
        Endpoint.of(base);
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("the address of %s has a query or a fragment".formatted(name));
        }
        if (!base.getRawPath().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the path in the address of %s must be ASCII".formatted(name));
        }
        if (key != null && (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 127))) {
            throw new IllegalArgumentException("the key of %s must be visible ASCII".formatted(name));
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "max-connections of %s must be at least 1, was %d".formatted(name, maxConnections));
        }
    }

    /** {@return an engine without a key and a limit, with the default timeouts} */
    public static Target of(String name, URI base) {
        return new Target(name, base, Timeouts.DEFAULT, null, UNLIMITED);
    }

    /** {@return the same engine, asked with a key} */
    public Target withKey(String bearer) {
        return new Target(name, base, timeouts, bearer, maxConnections);
    }

    /** {@return the same engine with other timeouts} */
    public Target withTimeouts(Timeouts others) {
        return new Target(name, base, others, key, maxConnections);
    }

    /** {@return the same engine with a limit on the connections to it} */
    public Target withMaxConnections(int limit) {
        return new Target(name, base, timeouts, key, limit);
    }

    /** {@return where it listens} */
    public Endpoint endpoint() {
        return Endpoint.of(base);
    }

    /** {@return what goes before the path of a request, without a slash at the end} */
    String pathPrefix() {
        String path = base.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public String toString() {
        return "Target[name=%s, base=%s, timeouts=%s, key=%s, maxConnections=%d]"
                .formatted(name, base, timeouts, key == null ? "none" : "***", maxConnections);
    }
}
