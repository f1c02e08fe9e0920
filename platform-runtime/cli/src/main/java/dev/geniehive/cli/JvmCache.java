package dev.geniehive.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept at a clean stop so that later starts are quicker. The start script makes the folder and says who writes
 * into it: this process, or the JVM by itself, which opens its files at once and writes them only if the folder is still
 * there at the end. A process that has come up says so in it; one that has not, because it failed or was asked for help,
 * takes it away.
 *
 * @param folder null if nothing is to be kept
 * @param archive in that folder; where this process writes the classes that it has loaded, null if the JVM does
 */
record JvmCache(@Nullable Path folder, @Nullable Path archive) {
    private static final Logger log = LoggerFactory.getLogger(JvmCache.class);
    private static final String UP = "up";

    /** {@return what the start script said} */
    static JvmCache of(Properties system) {
        return new JvmCache(path(system, "geniehive.cache"), path(system, "geniehive.archive"));
    }

    private static @Nullable Path path(Properties system, String name) {
        String named = system.getProperty(name, "");
        return named.isEmpty() ? null : Path.of(named);
    }

    /** This process has come up: what it does is worth keeping. */
    void keep() {
        if (folder == null) {
            return;
        }
        try {
            Files.createFile(folder.resolve(UP));
        } catch (IOException cannot) {
            log.debug("Nothing is kept for quicker starts: {}", cannot.toString());
        }
    }

    /**
     * Writes what is to be kept, if this process came up and the JVM does not do so. It takes a second, in which the
     * JVM does nothing else.
     */
    void write() {
        if (folder == null || archive == null || !Files.exists(folder.resolve(UP))) {
            return;
        }
        try {
            // What `jcmd PID VM.cds dynamic_dump FILE` does.
            Object said = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            new Object[] {new String[] {"dynamic_dump", archive.toString()}},
                            new String[] {String[].class.getName()});
            log.debug("For quicker starts: {}", said);
        } catch (JMException | RuntimeException cannot) {
            log.debug("Nothing is kept for quicker starts: {}", cannot.toString());
        }
    }

    /** This process ends: if it never came up, nothing is kept, nor is a folder left that was made only for this. */
    void endOfProcess() {
        if (folder == null || Files.exists(folder.resolve(UP))) {
            return;
        }
        try {
            for (String opened : List.of("new", "new.config")) {
                Files.deleteIfExists(folder.resolve(opened));
            }
            Files.delete(folder);
            Files.delete(folder.resolveSibling(".").normalize());
        } catch (IOException inUse) {
            log.debug("Something else is kept there: {}", inUse.toString());
        }
    }
}
