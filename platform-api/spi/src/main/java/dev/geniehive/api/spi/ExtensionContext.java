package dev.geniehive.api.spi;

import dev.geniehive.api.host.ConfigView;

/** What the platform lends while an extension is made. */
public interface ExtensionContext {
    /** {@return the section {@code plugins.<plugin>} of the configuration} */
    ConfigView config();
}
