package dev.geniehive.kernel.plugin;

import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import java.util.List;
import java.util.Optional;

/** What the running plugins offer, as the rooms use it. Reads are snapshots and cost nothing; any thread. */
public interface Extensions {
    /** {@return all that is offered at a point, names unique, in the order in which the plugins started} */
    <T, C extends ExtensionContext> List<Provided<T, C>> all(ExtensionPoint<T, C> point);

    /** {@return what is offered at a point under a name} */
    default <T, C extends ExtensionContext> Optional<Provided<T, C>> named(ExtensionPoint<T, C> point, String name) {
        return all(point).stream().filter(offer -> offer.name().equals(name)).findFirst();
    }

    /**
     * Asks to be told after every change of what is offered or listed. Told before the plugins that go stop taking
     * calls, on the thread that made the change, which waits: come back soon, and do not load or reload from there.
     */
    void onChange(Runnable listener);
}
