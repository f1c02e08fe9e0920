package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.MISSING_PLUGIN;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pf4j.DefaultVersionManager;
import org.pf4j.DependencyResolver;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/**
 * In which order plugins start.
 *
 * <p>PF4J sorts. What it does when something is missing is not used: it throws for all, or drops the healthy dependency
 * of a bad plugin. Here only those go that cannot work, each with its reason.
 *
 * @param sorted ids, a plugin after those that it depends on
 * @param refused who cannot start, and why
 */
record DependencyOrder(List<String> sorted, Map<String, PluginProblem> refused) {
    /**
     * @param plugins those that could start
     * @param installed the ids of all that are there, also of those that cannot start
     */
    static DependencyOrder of(Collection<Archive> plugins, Set<String> installed, Versions versions) {
        Map<String, Archive> left = new TreeMap<>();
        plugins.forEach(plugin -> left.put(plugin.id(), plugin));
        Map<String, PluginProblem> refused = new LinkedHashMap<>();
        for (String id : cycles(left)) {
            left.remove(id);
            refused.put(id, new PluginProblem(MISSING_PLUGIN, "is part of a dependency cycle"));
        }
        while (dropOne(left, refused, installed, versions)) {
            // the next may depend on the one that went
        }
        return new DependencyOrder(resolve(left).getSortedPlugins(), refused);
    }

    private static DependencyResolver.Result resolve(Map<String, Archive> plugins) {
        List<PluginDescriptor> descriptors =
                plugins.values().stream().map(Archive::descriptor).toList();
        return new DependencyResolver(new DefaultVersionManager()).resolve(descriptors);
    }

    private static boolean dropOne(
            Map<String, Archive> left, Map<String, PluginProblem> refused, Set<String> installed, Versions versions) {
        for (Archive plugin : left.values()) {
            for (PluginDependency dependency : plugin.descriptor().getDependencies()) {
                Optional<String> unmet = unmet(dependency, left, installed, versions);
                if (unmet.isPresent()) {
                    left.remove(plugin.id());
                    refused.put(plugin.id(), new PluginProblem(MISSING_PLUGIN, unmet.get()));
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<String> unmet(
            PluginDependency dependency, Map<String, Archive> left, Set<String> installed, Versions versions) {
        String id = dependency.getPluginId();
        String range = dependency.getPluginVersionSupport();
        Archive found = left.get(id);
        if (found != null) {
            return versions.fits(found.version(), range)
                    ? Optional.empty()
                    : Optional.of("needs plugin '%s' %s, installed is %s".formatted(id, range, found.version()));
        }
        return Optional.of(
                installed.contains(id)
                        ? "needs plugin '%s', which cannot start".formatted(id)
                        : "needs plugin '%s' %s, which is not installed".formatted(id, range));
    }

    private static Set<String> cycles(Map<String, Archive> plugins) {
        Set<String> members = new HashSet<>();
        if (resolve(plugins).hasCyclicDependency()) {
            plugins.keySet().stream().filter(id -> reaches(id, plugins)).forEach(members::add);
        }
        return members;
    }

    /** {@return whether a plugin depends on itself by some way} */
    private static boolean reaches(String id, Map<String, Archive> plugins) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(id));
        while (!next.isEmpty()) {
            Archive plugin = plugins.get(next.pop());
            for (String dependency : plugin == null ? List.<String>of() : plugin.dependencies()) {
                if (dependency.equals(id)) {
                    return true;
                }
                if (seen.add(dependency)) {
                    next.push(dependency);
                }
            }
        }
        return false;
    }
}
