package dev.geniehive.control.hive;

import dev.geniehive.api.model.Asset;

/**
 * A service that serves a name.
 *
 * @param service who
 * @param asset which of its models
 * @param kind how the name stands for the model
 * @param host what the service's host is good for
 * @param meant whether the name means it; not where engines report different weights under one name, see
 *     {@link Identity}
 */
public record Offer(Service service, Asset asset, Kind kind, Host.Status host, boolean meant) {
    public Offer(Service service, Asset asset, Kind kind, Host.Status host) {
        this(service, asset, kind, host, true);
    }

    /** How a name stands for a model. */
    public enum Kind {
        /** It is the engine's own name. */
        ASSET,
        /** The operator gave it. */
        ALIAS,
        /** It follows from the engine's name and is not listed, for example {@code llama3} for {@code llama3:latest}. */
        IMPLIED
    }

    Offer meant(boolean isMeant) {
        return isMeant == meant ? this : new Offer(service, asset, kind, host, isMeant);
    }

    /** {@return whether both are the same model of the same service} */
    boolean isSame(Offer other) {
        return service.id().equals(other.service.id()) && asset.id().equals(other.asset.id());
    }
}
