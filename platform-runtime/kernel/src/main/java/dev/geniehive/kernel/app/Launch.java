package dev.geniehive.kernel.app;

import dev.geniehive.kernel.config.ConfigSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a process is started.
 *
 * @param version of the distribution, for people
 * @param home the folder that it keeps its files in; several processes may share it
 * @param rooms the folders that this process has for itself, never empty: the first is what it works in
 * @param sources where its configuration comes from
 * @param environment the environment variables
 * @param pluginFolders where plugins come from; of two with the same id the one in the later folder wins
 * @param apps what it is made of
 */
public record Launch(
        String version,
        Path home,
        List<Path> rooms,
        ConfigSources sources,
        Map<String, String> environment,
        List<Path> pluginFolders,
        List<App> apps) {
    public Launch {
        rooms = List.copyOf(rooms);
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException("a process needs a folder to work in");
        }
        environment = Map.copyOf(environment);
        pluginFolders = List.copyOf(pluginFolders);
        apps = List.copyOf(apps);
    }

    /** {@return where it keeps what lasts as long as it runs} */
    Path work() {
        return rooms.getFirst();
    }
}
