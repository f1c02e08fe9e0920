package dev.geniehive.kernel.plugin;

import static dev.geniehive.kernel.plugin.PluginProblem.Code.BAD_ARCHIVE;
import static dev.geniehive.kernel.plugin.PluginProblem.Code.NO_DESCRIPTOR;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.PluginDependency;

/** Reads what a dropped file says about itself, from the private copy that it makes of it. */
final class ArchiveReader {
    private final Staging staging;

    ArchiveReader(Staging staging) {
        this.staging = staging;
    }

    Archive read(Path file) throws Refused {
        try {
            return describe(file, staging.stage(file));
        } catch (IOException e) {
            throw new Refused(BAD_ARCHIVE, "%s: %s".formatted(file.getFileName(), e.getMessage()));
        }
    }

    private static Archive describe(Path file, Staging.Copy copy) throws IOException, Refused {
        try (JarFile own = new JarFile(copy.jars().getFirst().toFile(), false)) {
            Manifest manifest = own.getManifest();
            Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String id = value(attributes, "Plugin-Id");
            if (id.isEmpty()) {
                throw new Refused(
                        NO_DESCRIPTOR,
                        "%s has no Plugin-Id in its manifest"
                                .formatted(copy.jars().getFirst().getFileName()));
            }
            boolean nativeAccess = Boolean.parseBoolean(value(attributes, "Plugin-Native-Access"));
            return new Archive(descriptor(id, attributes), file, copy.hash(), copy.jars(), nativeAccess);
        }
    }

    private static DefaultPluginDescriptor descriptor(String id, Attributes attributes) {
        DefaultPluginDescriptor descriptor = new DefaultPluginDescriptor(
                id,
                value(attributes, "Plugin-Description"),
                "",
                value(attributes, "Plugin-Version"),
                value(attributes, "Plugin-Requires"),
                value(attributes, "Plugin-Provider"),
                "");
        for (String dependency : value(attributes, "Plugin-Dependencies").split(",", -1)) {
            if (!dependency.isBlank()) {
                descriptor.addDependency(new PluginDependency(dependency.strip()));
            }
        }
        return descriptor;
    }

    private static String value(Attributes attributes, String name) {
        String value = attributes.getValue(name);
        return value == null ? "" : value.strip();
    }
}
