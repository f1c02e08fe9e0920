package dev.geniehive.control.hive;

/** The connections that nodes keep to this process, beside their heartbeats. Safe for use by many threads at once. */
public interface Links {
    /** {@return how many connections a node has here} */
    int connections(String node);

    /** {@return how many milliseconds it takes to a node and back, measured lately; 0 if it was not measured} */
    double roundTripMillis(String node);

    /** Has a node send its heartbeat now, if it can be told. */
    void nudge(String node);

    /** Cuts all connections of a node; running exchanges fail. {@code why} ends a sentence for their callers. */
    void cut(String node, String why);
}
