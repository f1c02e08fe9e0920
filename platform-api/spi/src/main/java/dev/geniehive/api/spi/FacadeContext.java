package dev.geniehive.api.spi;

import dev.geniehive.api.host.Catalogue;
import dev.geniehive.api.host.Gateway;

/** What the platform lends while a facade is made. */
public interface FacadeContext extends ExtensionContext {
    Gateway gateway();

    Catalogue catalogue();
}
