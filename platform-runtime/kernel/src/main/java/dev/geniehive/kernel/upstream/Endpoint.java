package dev.geniehive.kernel.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an engine listens. Connections to equal endpoints are shared.
 *
 * @param tls whether TLS is spoken there
 * @param host a name or an address in lower case, IPv6 without brackets
 * @param port from 1 to 65535
 */
public record Endpoint(boolean tls, String host, int port) {
    /** {@code URI} gives up on underscores, which are usual in names of containers. */
    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    public Endpoint {
        host = host.toLowerCase(Locale.ROOT);
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "an endpoint needs a host and a port from 1 to 65535, was '%s' and %d".formatted(host, port));
        }
    }

    /**
     * {@return the endpoint of a base address}
     *
     * @throws IllegalArgumentException if it is not http or https with a host and nothing else before the path; the
     *     message does not repeat the address, which may hold credentials
     */
    public static Endpoint of(URI base) {
        boolean tls = "https".equalsIgnoreCase(base.getScheme());
        if (!tls && !"http".equalsIgnoreCase(base.getScheme())) {
            throw new IllegalArgumentException("an engine's address starts with http:// or https://");
        }
        Matcher authority = AUTHORITY.matcher(base.getRawAuthority() == null ? "" : base.getRawAuthority());
        if (!authority.matches()) {
            throw new IllegalArgumentException(
                    "an engine's address names a host and perhaps a port; keys and passwords do not belong there");
        }
        String host = authority.group(1);
        String port = authority.group(2);
        return new Endpoint(
                tls,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port == null ? (tls ? 443 : 80) : Integer.parseInt(port));
    }

    /** {@return the value of the Host header} */
    public String hostHeader() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }
}
