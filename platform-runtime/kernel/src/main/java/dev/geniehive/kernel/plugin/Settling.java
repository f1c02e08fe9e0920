package dev.geniehive.kernel.plugin;

import dev.geniehive.kernel.plugin.DropFolders.Stamp;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Tells a change that is over from one that is going on. */
final class Settling {
    private Settling() {}

    /**
     * What may be acted upon: where a file was the same at the last two looks it counts as it is, otherwise as it was
     * when it was last acted upon. So a jar that is being copied is not there yet, and one that is being replaced by
     * deleting it first is not gone yet.
     */
    static Map<Path, Stamp> settled(Map<Path, Stamp> actedUpon, Map<Path, Stamp> before, Map<Path, Stamp> now) {
        Set<Path> paths = new LinkedHashSet<>(now.keySet());
        paths.addAll(actedUpon.keySet());
        Map<Path, Stamp> settled = new LinkedHashMap<>();
        for (Path path : paths) {
            boolean still = Objects.equals(before.get(path), now.get(path));
            Stamp counts = still ? now.get(path) : actedUpon.get(path);
            if (counts != null) {
                settled.put(path, counts);
            }
        }
        return settled;
    }
}
