package dev.geniehive.kernel.plugin;

import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;

/**
 * An extension that a running plugin offers. The same object for as long as the same version of the plugin runs, so a
 * room can tell by identity whether it has to make its own anew.
 */
public interface Provided<T, C extends ExtensionContext> {
    /** {@return where it belongs} */
    ExtensionPoint<T, C> point();

    /** {@return what configuration calls it} */
    String name();

    /** {@return the id of the plugin} */
    String plugin();

    /**
     * Makes one, within the call deadline.
     *
     * @throws dev.geniehive.api.model.GenieException if the plugin refuses or breaks; the message names both
     */
    Lent<T> create(C context);
}
