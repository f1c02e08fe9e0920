package dev.geniehive.it.hive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The packed distribution. */
final class Distribution {
    private Distribution() {}

    /**
     * Prepares a process to be started from it: what the caller's environment says about GenieHive is taken away, and
     * nothing is kept from start to start. The processes of tests live for seconds, so they are not compiled as if they
     * were to live for months: that halves the time that all of them take.
     */
    static void prepare(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("GENIEHIVE_"));
        environment.put("GENIEHIVE_AOT", "off");
        environment.put("GENIEHIVE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        environment.put("GENIEHIVE_JAVA_HOME", Objects.requireNonNull(System.getProperty("java.home")));
    }

    /** {@return the folder that the zip was unpacked to, below this one} */
    static Path unpackTo(Path folder) {
        return unpackTo("geniehive.zip", folder);
    }

    /**
     * {@return the folder that a zip was unpacked to, below this one}
     *
     * @param property where it stands which zip
     */
    static Path unpackTo(String property, Path folder) {
        Path zip = Path.of(Objects.requireNonNull(
                System.getProperty(property), property + " is not set: run these tests by Maven"));
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(Objects.requireNonNull(target.getParent()));
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
            Path root;
            try (var children = Files.list(folder)) {
                root = children.findFirst().orElseThrow();
            }
            if (!root.resolve("bin/geniehive").toFile().setExecutable(true)) {
                throw new IOException("bin/geniehive cannot be made executable");
            }
            return root;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
