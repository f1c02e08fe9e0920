package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.FORBIDDEN_REQUIRES;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.NOT_A_MODULE;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.RESERVED_MODULE;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which modules a plugin may carry, and which it may require. */
final class ModuleRules {
    private static final String OURS = "dev.geniehive.";
    private static final String OUR_PLUGINS = "dev.geniehive.plugin.";

    /** Shared, because their types meet across the wall or because they can exist only once in a process. */
    private static final List<String> SHARED = List.of("org.slf4j", "com.sun.jna");

    private static final Set<String> INTERNAL = Set.of(
            "dev.geniehive.kernel",
            "dev.geniehive.control",
            "dev.geniehive.agent",
            "dev.geniehive.protocol",
            "dev.geniehive.store",
            "dev.geniehive.cli");

    private ModuleRules() {}

    static void check(String plugin, List<ModuleReference> carried) throws Refused {
        for (ModuleReference module : carried) {
            checkName(plugin, module.descriptor().name());
            checkRequires(module.descriptor());
        }
        checkOwn(plugin, carried);
    }

    private static void checkName(String plugin, String name) throws Refused {
        boolean own = name.equals(plugin) && (!name.startsWith(OURS) || name.startsWith(OUR_PLUGINS));
        if (!own && (name.startsWith(OURS) || SHARED.stream().anyMatch(shared -> within(shared, name)))) {
            throw new Refused(
                    RESERVED_MODULE,
                    "carries module '%s', which the platform provides; give that dependency <scope>provided</scope>"
                            .formatted(name));
        }
    }

    private static void checkRequires(ModuleDescriptor module) throws Refused {
        for (ModuleDescriptor.Requires required : module.requires()) {
            if (INTERNAL.contains(required.name())) {
                throw new Refused(
                        FORBIDDEN_REQUIRES,
                        "module '%s' requires '%s', which is internal to the platform"
                                .formatted(module.name(), required.name()));
            }
        }
    }

    private static void checkOwn(String plugin, List<ModuleReference> carried) throws Refused {
        Optional<ModuleDescriptor> own = carried.stream()
                .map(ModuleReference::descriptor)
                .filter(module -> module.name().equals(plugin))
                .findFirst();
        if (own.isEmpty()) {
            throw new Refused(
                    NOT_A_MODULE,
                    "no module named '%s' in the plugin; it holds %s. A plugin jar must have a module-info.java whose module name is its Plugin-Id"
                            .formatted(plugin, names(carried)));
        }
        if (own.get().isAutomatic()) {
            throw new Refused(
                    NOT_A_MODULE,
                    "'%s' has no module-info.class (automatic module); add a module-info.java".formatted(plugin));
        }
    }

    private static Set<String> names(List<ModuleReference> modules) {
        return modules.stream()
                .map(module -> module.descriptor().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean within(String shared, String name) {
        return name.equals(shared) || name.startsWith(shared + ".");
    }
}
