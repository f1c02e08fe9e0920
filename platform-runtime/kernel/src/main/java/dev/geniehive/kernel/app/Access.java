package dev.geniehive.kernel.app;

/** Who may use a route. */
public enum Access {
    /** Everybody; the answer tells nothing about the hive. */
    PUBLIC,
    /** Clients: with a key, or without one from this machine where the rules for keyless requests allow it. */
    CLIENT,
    /** The operator, always with a key. */
    OPERATOR,
    /** Nodes, always with a key. */
    NODE,
    /** Nodes with their key, and those that are let in by a token for the first time. */
    JOIN
}
