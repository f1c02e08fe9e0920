package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;

/**
 * A service that serves a name.
 *
 * @param service who
 * @param asset which of its models
 * @param kind how the name stands for the model
 * @param host what the service's host is good for
 */
public record Offer(Service service, Asset asset, Kind kind, Host.Status host) {
    /** How a name stands for a model. */
    public enum Kind {
        /** It is the engine's own name. */
        ASSET,
        /** The operator gave it. */
        ALIAS,
        /** It follows from the engine's name and is not listed, for example {@code llama3} for {@code llama3:latest}. */
        IMPLIED
    }

    /** {@return whether both are the same model of the same service} */
    boolean isSame(Offer other) {
        return service.id().equals(other.service.id()) && asset.id().equals(other.asset.id());
    }
}
