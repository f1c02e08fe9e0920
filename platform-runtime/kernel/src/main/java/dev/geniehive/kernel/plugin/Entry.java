package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.CONSTRUCTOR;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.EXTENSIONS;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.MANY_PROVIDERS;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.NO_PROVIDER;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.GeniePlugin;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's own object, and what it said that it adds.
 *
 * @param plugin made once
 * @param extensions asked once
 */
record Entry(GeniePlugin plugin, List<Extension<?, ?>> extensions) {
    /** Makes the plugin's object and asks it. Runs the plugin's code: call it behind a deadline. */
    static Entry find(String id, ModuleLayer layer) throws Refused {
        GeniePlugin plugin = construct(provider(id, layer));
        try {
            return new Entry(plugin, extensions(plugin));
        } catch (Refused e) {
            closeQuietly(plugin);
            throw e;
        }
    }

    private static ServiceLoader.Provider<GeniePlugin> provider(String id, ModuleLayer layer) throws Refused {
        List<ServiceLoader.Provider<GeniePlugin>> own;
        try { // a loader on a layer also walks the parents: keep what is the plugin's own
            own = ServiceLoader.load(layer, GeniePlugin.class).stream()
                    .filter(found -> layer.findModule(id)
                            .filter(found.type().getModule()::equals)
                            .isPresent())
                    .toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new Refused(CONSTRUCTOR, reason(e));
        }
        if (own.isEmpty()) {
            throw new Refused(
                    NO_PROVIDER,
                    "module '%s' provides no %s in its module-info".formatted(id, GeniePlugin.class.getName()));
        }
        if (own.size() > 1) {
            throw new Refused(
                    MANY_PROVIDERS, "module '%s' provides %d plugin classes; one is right".formatted(id, own.size()));
        }
        return own.getFirst();
    }

    private static GeniePlugin construct(ServiceLoader.Provider<GeniePlugin> provider) throws Refused {
        try {
            return provider.get();
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            throw new Refused(CONSTRUCTOR, reason(e));
        }
    }

    private static List<Extension<?, ?>> extensions(GeniePlugin plugin) throws Refused {
        List<Extension<?, ?>> extensions;
        try {
            extensions = List.copyOf(plugin.extensions());
        } catch (RuntimeException | LinkageError e) {
            throw new Refused(EXTENSIONS, "extensions() failed: " + e);
        }
        Set<String> names = new HashSet<>();
        for (Extension<?, ?> extension : extensions) {
            if (!names.add(extension.toString())) {
                throw new Refused(EXTENSIONS, "extensions() has %s twice".formatted(extension));
            }
        }
        return extensions;
    }

    private static void closeQuietly(GeniePlugin plugin) {
        if (plugin instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception | LinkageError e) {
                // it is refused already, for the reason that matters
            }
        }
    }

    private static String reason(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : "%s: %s".formatted(e.getMessage(), cause);
    }
}
