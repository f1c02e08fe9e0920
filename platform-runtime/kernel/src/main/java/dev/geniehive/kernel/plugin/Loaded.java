package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.CONSTRUCTOR;

import dev.geniehive.api.spi.Extension;
import dev.geniehive.api.spi.ExtensionContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin that has started: its layer, its object, what it offers, and who is inside it.
 *
 * <p>Whether anybody else gets to see it is decided afterwards: the same object is the trial and the real one.
 */
final class Loaded {
    private static final Logger log = LoggerFactory.getLogger(Loaded.class);

    private final Archive archive;
    private final List<Loaded> dependencies;
    private final ModuleLayer layer;
    private final Entry entry;
    private final Gate gate = new Gate();
    private final List<Offer<?, ?>> offers;

    private Loaded(Archive archive, List<Loaded> dependencies, ModuleLayer layer, Entry entry, Wall wall) {
        this.archive = archive;
        this.dependencies = dependencies;
        this.layer = layer;
        this.entry = entry;
        this.offers = entry.extensions().stream()
                .<Offer<?, ?>>map(extension -> offer(extension, wall))
                .toList();
    }

    /** Starts a plugin; on failure nothing of it is left. */
    static Loaded start(Archive archive, List<Loaded> dependencies, Wall wall) throws Refused, InterruptedException {
        ModuleLayer layer =
                Layers.open(archive, dependencies.stream().map(Loaded::layer).toList());
        try {
            Entry entry = Deadline.run(wall.deadline(), "plugin " + archive.id(), () -> {
                Thread.currentThread().setContextClassLoader(layer.findLoader(archive.id()));
                return Entry.find(archive.id(), layer);
            });
            return new Loaded(archive, List.copyOf(dependencies), layer, entry, wall);
        } catch (TimeoutException e) {
            throw new Refused(CONSTRUCTOR, "did not start within %s".formatted(Deadline.readable(wall.deadline())));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refused refused) {
                throw refused;
            }
            throw new Refused(CONSTRUCTOR, String.valueOf(e.getCause()));
        }
    }

    String id() {
        return archive.id();
    }

    String version() {
        return archive.version();
    }

    Archive archive() {
        return archive;
    }

    ModuleLayer layer() {
        return layer;
    }

    ClassLoader loader() {
        return layer.findLoader(archive.id());
    }

    Gate gate() {
        return gate;
    }

    List<Offer<?, ?>> offers() {
        return offers;
    }

    /** {@return whether starting that archive over those plugins would make this very plugin again} */
    boolean is(Archive other, List<Loaded> others) {
        return archive.sameAs(other) && dependencies.equals(others);
    }

    /** Closes the plugin's object if it wants to be; nobody is inside any more, or we have stopped to wait. */
    void close(Duration deadline) throws InterruptedException {
        if (!(entry.plugin() instanceof AutoCloseable closeable)) {
            return;
        }
        try {
            Deadline.run(deadline, "plugin " + id(), () -> {
                Thread.currentThread().setContextClassLoader(loader());
                closeable.close();
                return true;
            });
        } catch (ExecutionException e) {
            log.warn("Plugin {} {} failed while it was closed", id(), version(), e.getCause());
        } catch (TimeoutException e) {
            log.warn("Plugin {} {} did not close within {}", id(), version(), Deadline.readable(deadline));
        }
    }

    private <T, C extends ExtensionContext> Offer<T, C> offer(Extension<T, C> extension, Wall wall) {
        return new Offer<>(this, extension, wall);
    }
}
