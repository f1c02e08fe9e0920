package dev.geniehive.it.hive;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A running {@code geniehive up}: control plane and agent in one process. Configured by a file; unless it says otherwise
 * nothing is discovered and nothing simulated.
 */
final class Hive extends Launched {
    /** The operator's key of every hive here. */
    static final String ADMIN_KEY = "it-admin-key-0123456789";

    private Hive(Launch launch, String yaml) {
        super(launch, yaml);
    }

    /**
     * Starts one and waits until it is up.
     *
     * @param folder empty; gets the home and the log
     * @param yaml the configuration file
     * @param flags further flags of {@code up}
     */
    static Hive up(Path distribution, Path folder, String yaml, String... flags) {
        Hive hive = new Hive(
                new Launch(
                        distribution,
                        folder,
                        "up",
                        List.of(flags),
                        List.of(),
                        Map.of("GENIEHIVE_ADMIN_KEY", ADMIN_KEY)),
                yaml);
        hive.awaitUp();
        return hive;
    }

    /** {@return the configuration for services with these addresses, all of them generic unless said otherwise} */
    static String services(String engine, int... ports) {
        StringBuilder yaml =
                new StringBuilder("agent:\n  name: box\n  discover: false\n  simulator: never\n  services:\n");
        for (int i = 0; i < ports.length; i++) {
            yaml.append("    - { name: e%d, url: \"http://127.0.0.1:%d\", engine: %s }%n"
                    .formatted(i + 1, ports[i], engine));
        }
        return yaml.toString();
    }
}
