package dev.geniehive.agent.discovery;

import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.util.Optional;

/**
 * A server on this machine that is to be minded.
 *
 * @param name unique on this machine
 * @param engine the engine that knows it; empty to find out
 * @param base where it listens, without a trailing slash
 * @param terms what the operator said about it
 * @param key its bearer key, if it wants one; never printed
 * @param origin how it got here
 */
public record ServiceSpec(
        String name, Optional<String> engine, URI base, Terms terms, Optional<String> key, Origin origin) {
    /** How a service got here. */
    public enum Origin {
        /** It is named in the configuration. */
        CONFIGURED,
        /** It was found on one of the usual ports. */
        DISCOVERED,
        /** It is the built-in simulator. */
        SIMULATOR
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, base);
    }
}
