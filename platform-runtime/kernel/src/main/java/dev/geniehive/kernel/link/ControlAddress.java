package dev.geniehive.kernel.link;

import dev.geniehive.kernel.upstream.Endpoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Where the link of one control plane is, and what to say there.
 *
 * @param base its address: http or https, a host, perhaps a port and a path that goes before every request's
 * @param endpoint where it listens
 * @param key the node's; never printed
 */
record ControlAddress(URI base, Endpoint endpoint, String key) {
    static final String PROTOCOL = "geniehive-link";
    static final int VERSION = 1;
    static final String PATH = "/v1/nodes/link";
    static final String VERSION_HEADER = "geniehive-link-version";

    static ControlAddress of(URI base, String key) {
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a node's key must be visible ASCII");
        }
        if (!base.getRawPath().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the path in the address of a control plane must be ASCII");
        }
        return new ControlAddress(base, Endpoint.of(base), key);
    }

    byte[] request() {
        String path = base.getRawPath();
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return ("GET " + prefix + PATH + " HTTP/1.1\r\nhost: " + endpoint.hostHeader()
                        + "\r\nconnection: Upgrade\r\nupgrade: " + PROTOCOL
                        + "\r\nauthorization: Bearer " + key
                        + "\r\n" + VERSION_HEADER + ": " + VERSION + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return what to call it in the log: without user and query} */
    @Override
    public String toString() {
        return (endpoint.tls() ? "https://" : "http://") + endpoint.hostHeader() + base.getRawPath();
    }
}
