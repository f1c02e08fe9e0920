package dev.geniehive.kernel.http;

/**
 * What the edge accepts of a client.
 *
 * @param bodyBytes the largest JSON body; more is answered with 413
 * @param requestLineBytes the longest request line; more is answered with 414
 * @param headerBytes the longest request head; more is answered with 431
 * @param connections how many connections are open at once; more wait to be accepted
 * @param uploadBytes the largest form; more is answered with 413
 */
public record EdgeLimits(long bodyBytes, int requestLineBytes, int headerBytes, int connections, long uploadBytes) {
    /** The same for forms as for JSON. */
    public EdgeLimits(long bodyBytes, int requestLineBytes, int headerBytes, int connections) {
        this(bodyBytes, requestLineBytes, headerBytes, connections, bodyBytes);
    }

    public EdgeLimits {
        if (bodyBytes < 1 || requestLineBytes < 64 || headerBytes < 64 || connections < 1 || uploadBytes < 1) {
            throw new IllegalArgumentException("limits must leave room for a request, were %d, %d, %d, %d, %d"
                    .formatted(bodyBytes, requestLineBytes, headerBytes, connections, uploadBytes));
        }
    }

    /** {@return 32 MiB of body, 8 KiB of request line, 32 KiB of headers, 4096 connections, 1 GiB of form} */
    public static EdgeLimits defaults() {
        return new EdgeLimits(32L << 20, 8 << 10, 32 << 10, 4096, 1L << 30);
    }

    /** {@return the largest body of any kind} */
    long largestBytes() {
        return Math.max(bodyBytes, uploadBytes);
    }
}
