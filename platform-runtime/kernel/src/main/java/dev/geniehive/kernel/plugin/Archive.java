package dev.geniehive.kernel.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/**
 * A plugin's file as it was read: what it says about itself, and a private copy of its jars.
 *
 * @param descriptor what the manifest says; not checked yet
 * @param source the file that was dropped
 * @param hash of the file's content
 * @param jars the private copies, the plugin's own first
 * @param nativeAccess whether the manifest asks for native access
 */
record Archive(PluginDescriptor descriptor, Path source, String hash, List<Path> jars, boolean nativeAccess) {
    String id() {
        return descriptor.getPluginId();
    }

    String version() {
        return descriptor.getVersion();
    }

    Optional<String> requires() {
        return Optional.of(descriptor.getRequires()).filter(range -> !range.isEmpty());
    }

    List<String> dependencies() {
        return descriptor.getDependencies().stream()
                .map(PluginDependency::getPluginId)
                .toList();
    }

    /** {@return folder and name of the file, for messages} */
    String file() {
        return file(source);
    }

    static String file(Path source) {
        Path folder = source.toAbsolutePath().getParent();
        return folder == null || folder.getFileName() == null
                ? source.getFileName().toString()
                : folder.getFileName() + "/" + source.getFileName();
    }

    boolean sameAs(Archive other) {
        return id().equals(other.id()) && hash.equals(other.hash);
    }
}
