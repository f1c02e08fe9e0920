package dev.geniehive.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the JVM keeps, when it stops, what it worked out, so that later starts are quicker. The start script makes the
 * folder and names it to both; the JVM opens its files at once, and writes them only if the folder is still there at the
 * end. A process that has come up says so
 * in it; one that has not, because it failed or was asked for help, takes it away.
 *
 * @param folder null if nothing is to be kept
 */
record JvmCache(@Nullable Path folder) {
    private static final Logger log = LoggerFactory.getLogger(JvmCache.class);
    private static final String UP = "up";

    /** {@return what the start script said} */
    static JvmCache of(Properties system) {
        String named = system.getProperty("geniehive.cache", "");
        return new JvmCache(named.isEmpty() ? null : Path.of(named));
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
