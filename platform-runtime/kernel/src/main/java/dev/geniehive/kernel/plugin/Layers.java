package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.BAD_ARCHIVE;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.MISSING_MODULE;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.NOT_A_MODULE;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.SPLIT_PACKAGE;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.UNRESOLVABLE;

import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Makes the layer of a plugin: over the layers of the plugins that it depends on and the boot layer, what it carries
 * first.
 *
 * <p>The parent loader is null: with any other, {@code Class.forName} finds every module of the platform, readable or
 * not.
 */
final class Layers {
    private Layers() {}

    static ModuleLayer open(Archive archive, List<ModuleLayer> dependencies) throws Refused {
        ModuleFinder finder = ModuleFinder.of(archive.jars().toArray(Path[]::new));
        ModuleRules.check(archive.id(), modules(finder));
        NativeRules.check(archive);
        List<ModuleLayer> parents = Stream.concat(dependencies.stream(), Stream.of(ModuleLayer.boot()))
                .toList();
        try {
            List<Configuration> above =
                    parents.stream().map(ModuleLayer::configuration).toList();
            Configuration configuration =
                    Configuration.resolveAndBind(finder, above, ModuleFinder.of(), Set.of(archive.id()));
            ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(configuration, parents, null);
            if (archive.nativeAccess()) {
                allowNativeAccess(controller, archive.id());
            }
            return controller.layer();
        } catch (FindException e) {
            throw new Refused(
                    MISSING_MODULE,
                    "%s (neither carried by the plugin, nor offered by the platform, nor in this run-time image)"
                            .formatted(e.getMessage()));
        } catch (ResolutionException | LayerInstantiationException e) {
            throw new Refused(splits(e) ? SPLIT_PACKAGE : UNRESOLVABLE, String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("restricted") // granted by the operator, who installed a plugin that asks for it
    private static void allowNativeAccess(ModuleLayer.Controller controller, String module) {
        controller.layer().findModule(module).ifPresent(controller::enableNativeAccess);
    }

    private static List<ModuleReference> modules(ModuleFinder finder) throws Refused {
        try {
            return new ArrayList<>(finder.findAll());
        } catch (FindException e) {
            boolean unreadable = e.getCause() instanceof ZipException;
            throw new Refused(unreadable ? BAD_ARCHIVE : NOT_A_MODULE, reason(e));
        }
    }

    private static String reason(Throwable e) {
        String cause = Optional.ofNullable(e.getCause())
                .map(c -> ": " + c.getMessage())
                .orElse("");
        return e.getMessage() + cause;
    }

    /** The JDK tells a split package from other misfits in words only. */
    private static boolean splits(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.contains(" package ") || message.startsWith("Package ");
    }
}
