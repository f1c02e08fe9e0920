package dev.geniehive.kernel.access;

/**
 * Who asks.
 *
 * @param id a name for logs and rules; never the key
 * @param kind what it may do
 */
public record Principal(String id, Kind kind) {
    /** A request without a key from this machine. */
    public static final Principal LOOPBACK = new Principal("loopback", Kind.ANONYMOUS_LOOPBACK);

    /** Somebody on a route that is open to everybody. */
    public static final Principal ANYBODY = new Principal("anybody", Kind.ANYBODY);

    /** What a principal is. */
    public enum Kind {
        /** The operator: may do everything but pass for a node. */
        ADMIN,
        /** A client with a key. */
        CLIENT,
        /** A node agent with its key. */
        NODE,
        /** A node agent with a token that lets it in for the first time, and for nothing else. */
        JOINING,
        /** A client of this machine without a key. */
        ANONYMOUS_LOOPBACK,
        /** Not known and not asked. */
        ANYBODY
    }
}
