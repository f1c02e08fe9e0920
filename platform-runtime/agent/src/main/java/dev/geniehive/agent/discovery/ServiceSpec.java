package dev.geniehive.agent.discovery;

import dev.geniehive.protocol.Terms;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

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

    /** {@return whether both are the same server, however this machine is spelt} */
    public boolean isAt(URI other) {
        return base.equals(other) || (isHere(base) && isHere(other) && port(base) == port(other));
    }

    /** {@return the port on this machine where it listens; empty if it is elsewhere} */
    public OptionalInt portHere() {
        return isHere(base) ? OptionalInt.of(port(base)) : OptionalInt.empty();
    }

    private static boolean isHere(URI address) {
        String host = Objects.requireNonNullElse(address.getHost(), "").toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("[::1]") || host.equals("0.0.0.0") || host.startsWith("127.");
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name, base);
    }
}
