package dev.geniehive.api.spi;

import java.util.List;

/**
 * The one entry of a plugin: what it adds.
 *
 * <p>Declared in the plugin's {@code module-info} with {@code provides dev.geniehive.api.spi.GeniePlugin with …}. Made
 * once when the plugin starts, with a public constructor without parameters that does nothing slow. If it is also
 * {@link AutoCloseable}, it is closed when the plugin stops, after the last call into it has returned.
 */
public interface GeniePlugin {
    /** {@return what the plugin adds; asked once, names unique within an extension point} */
    List<Extension<?, ?>> extensions();
}
