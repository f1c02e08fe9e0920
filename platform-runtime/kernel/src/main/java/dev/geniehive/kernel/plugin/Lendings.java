package dev.geniehive.kernel.plugin;

import dev.geniehive.api.model.GenieException;
import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All extensions of one point, made and ready to be called, by name. Made anew when their plugin is replaced or its
 * configuration changes.
 *
 * @param <T> what is provided there
 * @param <C> what is lent while one is made
 */
public final class Lendings<T, C extends ExtensionContext> implements Supplier<Map<String, Lent<T>>> {
    private static final Logger log = LoggerFactory.getLogger(Lendings.class);

    private final Extensions extensions;
    private final ExtensionPoint<T, C> point;
    private final Function<String, C> contextOfPlugin;
    private final ReentrantLock renewing = new ReentrantLock();
    private final Map<Provided<T, C>, Lent<T>> made = new HashMap<>();
    private volatile Map<String, Lent<T>> byName = Map.of();

    /** @param contextOfPlugin what a plugin is lent while it makes one, by the plugin's id */
    public Lendings(Extensions extensions, ExtensionPoint<T, C> point, Function<String, C> contextOfPlugin) {
        this.extensions = extensions;
        this.point = point;
        this.contextOfPlugin = contextOfPlugin;
    }

    @Override
    public Map<String, Lent<T>> get() {
        return byName;
    }

    /** Makes what is new and forgets what is gone. */
    public void renew() {
        renewing.lock();
        try {
            Map<String, Lent<T>> now = new LinkedHashMap<>();
            List<Provided<T, C>> offered = extensions.all(point);
            made.keySet().retainAll(offered);
            for (Provided<T, C> provided : offered) {
                try {
                    Lent<T> lent = made.get(provided);
                    if (lent == null) {
                        lent = provided.create(contextOfPlugin.apply(provided.plugin()));
                        made.put(provided, lent);
                    }
                    now.put(provided.name(), lent);
                } catch (GenieException refused) {
                    log.warn(
                            "{} '{}' of {} is not there: {}",
                            point,
                            provided.name(),
                            provided.plugin(),
                            refused.getMessage());
                }
            }
            byName = Map.copyOf(now);
        } finally {
            renewing.unlock();
        }
    }

    /** Forgets all that was made, so that the next {@link #renew} makes it anew. */
    public void forget() {
        renewing.lock();
        try {
            made.clear();
        } finally {
            renewing.unlock();
        }
    }
}
