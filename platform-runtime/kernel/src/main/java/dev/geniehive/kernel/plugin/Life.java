package dev.geniehive.kernel.plugin;

import dev.geniehive.kernel.plugin.DropFolders.Drop;
import dev.geniehive.kernel.plugin.DropFolders.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, replaces and stops plugins. Everything here is done by one thread. */
final class Life {
    private static final Logger log = LoggerFactory.getLogger(Life.class);

    private final Versions versions;
    private final Wall wall;
    private final Duration drainTimeout;
    private final Registry registry;
    private final Listing listing;
    private final Leftovers leftovers;
    private final Staging staging;
    private final DropFolders folders;

    /** By id, a plugin after those that it depends on. */
    private Map<String, Loaded> running = Map.of();

    /** The ids in the order in which they came: who was first keeps a name. */
    private List<String> order = List.of();

    private Map<Path, Stamp> seen = Map.of();
    private Map<Path, Stamp> lookedAt = Map.of();
    private boolean first = true;
    private volatile @Nullable Thread current;

    Life(PluginSettings settings, Wall wall, Registry registry, Listing listing, Leftovers leftovers) {
        this.versions = new Versions(settings.apiVersion());
        this.wall = wall;
        this.drainTimeout = settings.drainTimeout();
        this.registry = registry;
        this.listing = listing;
        this.leftovers = leftovers;
        this.staging = new Staging(settings.work());
        this.folders = new DropFolders(settings.folders(), new ArchiveReader(staging));
    }

    /** {@return whether the caller is in the middle of a change, as a listener is} */
    boolean isCurrent() {
        return Thread.currentThread().equals(current);
    }

    /** Takes everything as it lies there now. */
    void scan() throws InterruptedException {
        try {
            Map<Path, Stamp> now = folders.look();
            lookedAt = now;
            scan(now);
        } catch (IOException e) {
            log.warn("Could not look for plugins, all stay as they are", e);
        }
    }

    /**
     * Takes what has changed and has come to rest.
     *
     * @return whether there is something that has not come to rest
     */
    boolean look() throws InterruptedException {
        Map<Path, Stamp> now;
        try {
            now = folders.look();
        } catch (IOException e) {
            log.warn("Could not look for plugins, all stay as they are", e);
            return false;
        }
        Map<Path, Stamp> settled = Settling.settled(seen, lookedAt, now);
        lookedAt = now;
        if (!settled.equals(seen)) {
            scan(settled);
        }
        return !settled.equals(now);
    }

    void end() throws InterruptedException {
        List<Loaded> all = List.copyOf(running.values());
        running = Map.of();
        registry.publish(List.of());
        listing.publishStopped();
        retire(all);
    }

    private void scan(Map<Path, Stamp> files) throws InterruptedException {
        current = Thread.currentThread();
        try {
            List<Drop> drops = folders.read(files);
            if (first) {
                keepCopiesOf(drops);
            }
            Selection selection = Selection.of(drops, running, versions);
            Plan plan = new Planner(versions, wall, running, selection.choices()).plan();
            seen = files;
            take(plan, selection);
        } finally {
            current = null;
        }
    }

    /** The new ones take over, everybody is told, then the old ones end: in this order nothing is ever missing. */
    private void take(Plan plan, Selection selection) throws InterruptedException {
        Map<String, Loaded> before = running;
        running = plan.running();
        order = inOrder(order, running.keySet());
        List<Loaded> ordered = order.stream().map(running::get).toList();
        Map<String, List<PluginProblem>> duplicates = registry.publish(ordered);
        List<PluginInfo> lines = new Lines(plan, selection, duplicates).all();
        Set<PluginInfo> known = Set.copyOf(listing.published());
        boolean news = listing.publish(lines);
        List<Loaded> gone = before.values().stream()
                .filter(plugin -> !running.containsValue(plugin))
                .toList();
        gone.forEach(leftovers::add); // before anybody is told, who may look at once
        lines.stream().filter(line -> !known.contains(line)).forEach(line -> tell(line, before));
        if (news || !gone.isEmpty()) {
            registry.changed();
        }
        retire(gone);
    }

    /** Ends plugins that nobody can find any more, dependents first. */
    private void retire(List<Loaded> gone) throws InterruptedException {
        gone.forEach(plugin -> plugin.gate().close());
        // the machine's own time, which is what waiting at a gate takes
        long deadline = System.nanoTime() + drainTimeout.toNanos();
        for (Loaded plugin : gone.reversed()) {
            if (!plugin.gate().awaitEmpty(Duration.ofNanos(deadline - System.nanoTime()))) {
                log.warn(
                        "Plugin {} {} is closed with {} calls still running after {}",
                        plugin.id(),
                        plugin.version(),
                        plugin.gate().inside(),
                        Deadline.readable(drainTimeout));
            }
            plugin.close(wall.deadline());
            log.info("Stopped plugin {} {}", plugin.id(), plugin.version());
        }
    }

    private void tell(PluginInfo line, Map<String, Loaded> before) {
        Loaded now = running.get(line.id());
        if (now != null && !now.equals(before.get(line.id()))) {
            log.info("Loaded plugin {} {} from {}: {}", now.id(), now.version(), line.file(), line.extensions());
        }
        line.problems().forEach(problem -> log.warn("Plugin {}: {}", line.id(), problem));
    }

    private static List<String> inOrder(List<String> before, Set<String> now) {
        List<String> order = before.stream().filter(now::contains).collect(Collectors.toCollection(ArrayList::new));
        now.stream().filter(id -> !order.contains(id)).sorted().forEach(order::add);
        return order;
    }

    private void keepCopiesOf(List<Drop> drops) {
        first = false;
        Set<String> hashes = drops.stream()
                .flatMap(drop -> drop.archive().stream())
                .map(Archive::hash)
                .collect(Collectors.toSet());
        try {
            staging.keepOnly(hashes);
        } catch (IOException e) {
            log.warn("Could not delete the copies of earlier runs", e);
        }
    }
}
