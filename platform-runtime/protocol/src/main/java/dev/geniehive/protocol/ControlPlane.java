package dev.geniehive.protocol;

/** A control plane as its agents see it. Safe for use by many threads at once. */
public interface ControlPlane {
    /**
     * Makes a node known, or known again: a node that comes back under its id keeps it.
     *
     * @return how it is to behave from now on
     */
    Assignment register(Registration registration);

    /**
     * Tells that a node lives, and what it has.
     *
     * @throws dev.geniehive.api.model.GenieException of kind {@code NOT_FOUND} if nobody knows the node: register again
     */
    HeartbeatAnswer heartbeat(Heartbeat heartbeat);
}
