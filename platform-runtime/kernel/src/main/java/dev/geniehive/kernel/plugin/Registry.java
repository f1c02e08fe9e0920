package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.DUPLICATE_EXTENSION;

import dev.geniehive.api.spi.ExtensionContext;
import dev.geniehive.api.spi.ExtensionPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is offered now: one writer, and readers who get an immutable snapshot. */
final class Registry implements Extensions {
    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<ExtensionPoint<?, ?>, List<Offer<?, ?>>> offers = Map.of();

    @Override
    @SuppressWarnings("unchecked") // an offer is filed under its own point
    public <T, C extends ExtensionContext> List<Provided<T, C>> all(ExtensionPoint<T, C> point) {
        return (List<Provided<T, C>>) (List<?>) offers.getOrDefault(point, List.of());
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Replaces everything that is offered.
     *
     * @param plugins in the order in which names are given away
     * @return what was not taken because the name was, by plugin id
     */
    Map<String, List<PluginProblem>> publish(Collection<Loaded> plugins) {
        Map<String, List<PluginProblem>> refused = new HashMap<>();
        Map<ExtensionPoint<?, ?>, Map<String, Offer<?, ?>>> taken = new HashMap<>();
        for (Loaded plugin : plugins) {
            for (Offer<?, ?> offer : plugin.offers()) {
                Offer<?, ?> first = taken.computeIfAbsent(offer.point(), point -> new LinkedHashMap<>())
                        .putIfAbsent(offer.name(), offer);
                if (first != null) {
                    refused.computeIfAbsent(plugin.id(), id -> new ArrayList<>())
                            .add(duplicate(first));
                }
            }
        }
        Map<ExtensionPoint<?, ?>, List<Offer<?, ?>>> next = new HashMap<>();
        taken.forEach((point, byName) -> next.put(point, List.copyOf(byName.values())));
        offers = Map.copyOf(next);
        return refused;
    }

    /** Tells everybody; a listener that throws does not keep it from the others. */
    void changed() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.error("Could not take over a change of the plugins", e);
            }
        }
    }

    private static PluginProblem duplicate(Offer<?, ?> first) {
        return new PluginProblem(
                DUPLICATE_EXTENSION,
                "its %s is not used: plugin '%s' offered that name first".formatted(first, first.plugin()));
    }
}
