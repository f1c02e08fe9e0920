package dev.geniehive.control.routing;

/** Why a service does not get the request. In the order in which the filters are asked. */
public enum Drop {
    /** A role wants other models. */
    MODELS("models", Cause.ROLE),
    /** A role may not use the service. */
    EXPOSURE("exposure", Cause.ROLE),
    /** The weights are larger than a role takes. */
    MAX_SIZE("max-size", Cause.ROLE),
    /** Its host has less memory than a role takes. */
    MIN_MEMORY("min-memory", Cause.ROLE),
    /** It has less context than a role takes. */
    MIN_CONTEXT("min-context", Cause.ROLE),
    /** It lacks an ability that a role takes. */
    REQUIRES("requires", Cause.ROLE),
    /** Its weights are others than those that the name means. */
    IDENTITY("identity", Cause.NAME),
    /** Its host does not serve the queue that the request waits in. */
    QUEUE("queue", Cause.NAME),
    OPERATION("operation", Cause.REQUEST),
    /** It lacks an ability that the request needs. */
    ABILITY("ability", Cause.REQUEST),
    /** It has less context than the request needs. */
    CONTEXT("context", Cause.REQUEST),
    ADAPTER("adapter", Cause.NOW),
    LOST("lost", Cause.NOW),
    DRAINING("draining", Cause.NOW),
    HEALTH("health", Cause.NOW),
    LOADING_OFF("load", Cause.NOW);

    private final String wireName;
    private final Cause cause;

    /** What would have to be otherwise, the least of it first to be told. */
    enum Cause {
        ROLE,
        NAME,
        REQUEST,
        /** The same request may find it well later. */
        NOW
    }

    Drop(String wireName, Cause cause) {
        this.wireName = wireName;
        this.cause = cause;
    }

    /** {@return the name in {@code dropped_by}} */
    public String wireName() {
        return wireName;
    }

    Cause cause() {
        return cause;
    }
}
