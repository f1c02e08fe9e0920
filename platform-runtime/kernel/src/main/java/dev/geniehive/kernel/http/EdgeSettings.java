package dev.geniehive.kernel.http;

import org.jspecify.annotations.Nullable;

/**
 * Where the edge listens and what it puts up with.
 *
 * @param host address or name to bind; a loopback address keeps it to this machine
 * @param port the port, 0 for any that is free
 * @param tls how to speak TLS; plain HTTP if absent
 * @param limits sizes and counts
 * @param timeouts how long it waits for whom
 */
public record EdgeSettings(String host, int port, @Nullable EdgeTls tls, EdgeLimits limits, EdgeTimeouts timeouts) {
    public EdgeSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, was " + port);
        }
    }

    /** {@return plain HTTP with default limits and timeouts} */
    public static EdgeSettings plain(String host, int port) {
        return new EdgeSettings(host, port, null, EdgeLimits.defaults(), EdgeTimeouts.defaults());
    }

    /** {@return the same with TLS} */
    public EdgeSettings with(EdgeTls secure) {
        return new EdgeSettings(host, port, secure, limits, timeouts);
    }

    /** {@return the same with other limits} */
    public EdgeSettings with(EdgeLimits others) {
        return new EdgeSettings(host, port, tls, others, timeouts);
    }

    /** {@return the same with other timeouts} */
    public EdgeSettings with(EdgeTimeouts others) {
        return new EdgeSettings(host, port, tls, limits, others);
    }
}
