package dev.geniehive.control.routing;

/** Why a service that has the name does not get the request. */
public enum Drop {
    QUEUE("queue"),
    EXPOSURE("exposure"),
    LOST("lost"),
    DRAINING("draining"),
    HEALTH("health"),
    OPERATION("operation"),
    ADAPTER("adapter"),
    CONTEXT("context"),
    ABILITY("ability"),
    LOADING_OFF("load");

    private final String wireName;

    Drop(String wireName) {
        this.wireName = wireName;
    }

    /** {@return the name in {@code dropped_by}} */
    public String wireName() {
        return wireName;
    }
}
